"""The agent on a collection station: hashes what is docked, says so at once, and sends the files that are wanted.

It needs no database of the bureau, only the address of its server and a token; what it knows lies in its own ledger.
"""
