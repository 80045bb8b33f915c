"""What the suites stand on: traps that hold for every test, a browser, a served site. No bureau runs it."""
