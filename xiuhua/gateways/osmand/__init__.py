"""OsmAnd over HTTP: phones of officers. `codec` and `messages` are pure; `server` is an ASGI application.

Answered 200 with nothing after the position is durable, 400 for what cannot be read, 403 for who is not known.
"""
