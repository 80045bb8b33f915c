"""The bench: summary and ordinary penalty procedure, their documents, clocks and money.

A case is a chain of steps. Each step is one move of the procedure table with the facts it states; folding the facts
over the case's base gives the file, and only the table and its guards say whether a move is lawful.
Doors: actions, queries, rules, figures, backfill. Leads flow in; an outcome flows back by leads.actions.record_outcome.
"""
