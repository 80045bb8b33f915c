"""Exhibits: what was collected, by whom, when, with the bytes under their hash. Written once, never changed.

A correction is a new fact, a clip or redacted copy a new exhibit. Doors: actions, queries, rules.
"""
