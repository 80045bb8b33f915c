"""Pages of the street: rosters on the desk, shifts and check-ins on the phone."""
