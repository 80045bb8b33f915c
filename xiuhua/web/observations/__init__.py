"""Pages of devices: the registry with health and faults, one page a device with its track, and who looked at whom."""
