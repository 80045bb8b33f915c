"""Reference tables: how a CSV of the law as data is read, checked and compared with what is loaded. Pure.

Every table has `source` and `certainty`. A row that holds for a time has `valid_from` and `valid_to` (inclusive, empty
is open); rows of one key must not overlap. Faults name file, line, column and reason; all of them are found at once.
"""

from xiuhua.org.rules.tables.cells import (
    CERTAINTY,
    amount,
    certainty,
    day,
    degrees,
    one_of,
    some_of,
    text,
    whole,
    yes_no,
)
from xiuhua.org.rules.tables.comparing import Difference, State, compare, gaps
from xiuhua.org.rules.tables.reading import Column, Fault, Key, Row, Shape, Table, read

__all__ = [
    "CERTAINTY",
    "Column",
    "Difference",
    "Fault",
    "Key",
    "Row",
    "Shape",
    "State",
    "Table",
    "amount",
    "certainty",
    "compare",
    "day",
    "degrees",
    "gaps",
    "one_of",
    "read",
    "some_of",
    "text",
    "whole",
    "yes_no",
]
