"""Pages for people: one folder a room, `frame` holds what all of them share. See README.md in this folder."""
