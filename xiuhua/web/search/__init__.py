"""One box over everything visible."""
