"""The mirror's end: figures with their definitions, read off the rooms that owe them. Read-only; it has no tables yet.

Door: queries.
"""
