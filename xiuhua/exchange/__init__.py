"""Sharing with other agencies (对外共享): what of ours they are told, on which legal basis, signed, and how it arrived.

First form: upward. Subscribed agencies get positions and events as CloudEvents; nothing comes in here yet.
Doors: actions, queries, rules, jobs.
"""
