"""The live picture and what is ordered from it: who is where, on which task; the nearest who may go; what is odd.

It joins observations, duty and leads and keeps little itself. Positions are shown in duty hours only, to those who may
follow the device. Doors: actions, queries, rules, jobs.
"""
