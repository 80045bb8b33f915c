"""Every gate can fail: each is shown a seeded mistake in a folder of its own."""
