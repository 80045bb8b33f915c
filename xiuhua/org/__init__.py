"""Who we are: bureau, units, posts, officers, certificates, head-counts, and the authority matrix with dates.

Doors: actions, queries, rules. Reference data: units, areas they cover, authority rows, acts of law.
"""
