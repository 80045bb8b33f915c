"""tus 1.0: files arrive in pieces, are taken up where they broke off, and are hashed while they arrive.

`codec`, `messages` and `session` are pure; `depot` keeps what has arrived on the disk; `sink` hands whole files on.
"""
