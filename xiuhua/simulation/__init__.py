"""The synthetic bureau, its year of cases and the live street: what makes a demo, and nothing a bureau needs.

people, places, profiles   who and what is invented, always recognisable as a sample
world, bureau, year        the reference data, the staff of 2018, the year's cases as files for the backfill doors
street                     citizens and staff who use the running site over HTTP, as anybody would

It never writes a table: it speaks the API and the backfill doors. The same seed gives the same bytes.
"""
