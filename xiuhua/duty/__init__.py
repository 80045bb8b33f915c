"""The street: who is where and when, and what they find there.

Rosters say who should be on duty, check-ins at points prove it, patrols find what becomes leads. Duty levels rise for
events and emergencies; tasks go out and come back with their results. Cases know this room, it knows no cases.
Doors: actions, queries, rules, figures, backfill.
"""
