"""Positions of our people and vehicles, and the devices that send them. Nothing is kept outside duty hours.

Hot rows lie in a database file of their own (on PostgreSQL in the one database), then in Parquet files by day and
source. Who reads a person's track leaves an entry that the person can read. Doors: actions, queries, rules, jobs.
"""
