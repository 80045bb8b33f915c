"""The harness: setting up, running the suites, and the gates that `make check` holds."""
