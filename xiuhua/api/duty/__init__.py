"""The street for machines and for the phone app."""
