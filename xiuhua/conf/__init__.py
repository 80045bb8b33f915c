"""Wiring: settings, addresses, the WSGI door and the `xiuhua` command. Nothing is decided here."""
