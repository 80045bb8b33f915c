"""The harness: setting up, running the suites, and the gates that `make check` holds. Ships with the source, not the package."""
