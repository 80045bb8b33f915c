"""Pages of command: the map with its list, tracks, orders, alarms, and the wall of cameras."""
