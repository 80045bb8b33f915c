"""Reads of the bench. Every list starts from `visible(user)`."""
