"""What the house is like, held against the code that stands in it."""
