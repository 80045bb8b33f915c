"""What is measured, and against what. `xiuhua bench NAME` runs one of these in a scratch bureau of its own."""
