"""Suites that belong to no room: the architecture, the gates, the journeys."""
