"""Device protocols at the edge: each is a pure codec and session, a short server, and a sink into a room's actions."""
