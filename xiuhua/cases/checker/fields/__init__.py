"""The fields of one case file as rules and doors name them. Pure data.

A block is a dict, a name that ends in `[]` a list of rows. What a field holds:

    day      YYYY-MM-DD                 moment   YYYY-MM-DDTHH:MM
    number   yuan, or a share           count    a whole number, 0 or more
    flag     true or false              text     any words, a code, a number of a paper
    mark     a flag, or words that stand for yes
    id       an officer or an exhibit   ids, texts, numbers   lists of such
    rows     a list of rows, whose fields stand under `block.field[]`
    party_kind, procedure   one of the codes of CODES
"""

from __future__ import annotations

from collections.abc import Mapping

from xiuhua.cases.checker.fields import carrying_out, deciding, handling, investigating

CODES: Mapping[str, tuple[str, ...]] = {
    "procedure": ("ordinary", "summary", "demolition"),
    "party_kind": ("citizen", "organisation", "individual_business"),
}

# One line for each kind of value: `kind: field field …`.
_TABLES = (handling.FIELDS, investigating.FIELDS, deciding.FIELDS, carrying_out.FIELDS)


def _read(table: str) -> Mapping[str, str]:
    found = {}
    for line in table.split("\n"):
        kind, _, names = line.partition(":")
        found.update(dict.fromkeys(names.split(), kind.strip()))
    return found


# Block or list of rows → field → what it holds.
FIELDS: Mapping[str, Mapping[str, str]] = {
    name: _read(fields) for table in _TABLES for name, fields in table.items()
}
BLOCKS = frozenset(name for name in FIELDS if not name.endswith("[]"))
LISTS = frozenset(name[:-2] for name in FIELDS if name.endswith("[]") and "." not in name)
