"""Bedrock: what every room stands on, and nothing else.

record     every act, once, in the same transaction; guards: the database refuses to change it
sealing    entries become leaves of a Merkle log (leaves, merkle, tiles, notes, keys); verify and proof read it
outbox     what must happen later, claimed by worker loops
clock      the only place that asks the time
workdays   working days as the State Council moved them; queries: the calendar of the database
numbering  document numbers without collisions, gaps explained; series: their forms as data
areas      polygons and point-in-area; geojson: boundaries from files; schematic: a map from centroids and sizes
files      content-addressed bytes
rows       many rows at once
authz      who may see and do, and how a refusal speaks
"""
