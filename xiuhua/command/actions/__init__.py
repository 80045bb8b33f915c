"""The only writes of command."""
