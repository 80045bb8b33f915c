"""The face for machines: JSON with OpenAPI under /api/, and citizens' reports by Open311 under /open311/v2/.

Every route begins at what the key's holder may see. What the law forbids is 409 with its article, what was said wrong
is 422 with its field; what is unknown or unseen is 404 alike. Reading order: access, answers, then one module a room.
"""
