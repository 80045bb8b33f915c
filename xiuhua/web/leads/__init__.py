"""Pages of leads, and the finding on the phone."""
