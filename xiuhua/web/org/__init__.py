"""Signing in and out, my page, users and units."""
