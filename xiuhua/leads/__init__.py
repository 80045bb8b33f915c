"""The desk: every suspicion that something is wrong enters here, is verified, and goes to the unit that handles it.

Leads know neither where they come from nor what becomes of them: sources register, cases give the outcome back by
`actions.record_outcome`. Who reported is kept apart and is secret (SHUM §26).
Doors: actions, queries, rules, backfill.
"""
