"""Oversight (督察): recordings drawn at random and looked at, what was found, and what the unit did about it.

Doors: actions, queries, rules.
"""
