"""Bedrock: what every room stands on, and nothing else.

record     every act, once, in the same transaction; sealed into a Merkle log
outbox     what must happen later, claimed by worker loops
clock      the only place that asks the time
workdays   working days as the State Council moved them
numbering  document numbers without collisions, gaps explained
areas      polygons and point-in-area
files      content-addressed bytes
authz      who may see and do, and how a refusal speaks
"""
