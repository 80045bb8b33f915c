"""Who and what is acted on: parties, premises, vehicles.

A person or company is registered once and known to the units that have to do with it; whoever looks sees the parties
of their own units only. Doors: actions, queries, rules, backfill.
"""
