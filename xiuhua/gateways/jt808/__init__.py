"""JT/T 808: vehicle terminals over TCP. `codec`, `messages` and `session` are pure; `server` has the sockets.

Positions are acknowledged after they are durable. What a terminal sends wrong is counted and kept for a look.
"""
