"""Whom to be in the demo, and what to try as each: printed when it starts."""

from __future__ import annotations

import json
from pathlib import Path

from xiuhua.conf.cli.users import print_table
from xiuhua.conf.demo_people import demo_rows
from xiuhua.org import rules
from xiuhua.simulation.casework import MOVES_OF

PASSWORD, KEYS = "password", "keys.json"
# The accounts that the street and trials of the API use.
WITH_KEYS = tuple(sorted({*MOVES_OF, "intake", "dispatcher", "complaints", "auditor"}))

TRY = {
    "officer1": "今日 → 案件: take the next step of a case; from a phone, 发现 → 当场处罚",
    "clerk": "record what a party did: a waiver, a payment; archive a closed case",
    "squadhead": "approve a filing that waits under 今日; close a paid case",
    "townapprover": "adjudicate and decide in the name of a town (川沙新镇)",
    "reviewer": "adjudicate the files that wait at the case centre",
    "legal": "legal review, by somebody who did not investigate",
    "deputy": "decide inside the range; try to decide too early and read why not",
    "head": "the queue of the head; figures J01 to J04 of 2018",
    "dispatcher": "verify, merge and dispatch what citizens report (the street keeps reporting)",
    "complaints": "register a report; near-duplicates show before it is saved",
    "publicity": "publish a decision, personal data masked",
    "statistics": "figures by unit and month, rows one click away, CSV and JSON",
    "auditor": "the record: who did what; no case, no party can be seen",
    "admin": "people, posts and certificates; no case can be seen",
}


def tell(folder: Path, port: int) -> None:
    """Print the address, the accounts worth trying, and where keys for the API lie."""
    password = (folder / PASSWORD).read_text()
    keys = json.loads((folder / KEYS).read_text())
    rows = [
        (row["login"], row["name"], rules.ROLES[row["role"]].label, TRY[row["login"]])
        for row in demo_rows()
        if row["login"] in TRY
    ]
    print()
    print_table(("login", "name", "role", "what to try"), rows)
    print(f"\npassword of them all: {password}")
    print(f"API keys of {len(keys)} accounts: {folder / KEYS}")
    print(
        f"\nXiuhua 绣花 is on http://127.0.0.1:{port}  (Ctrl-C ends it; started again it serves the same data)\n"
    )
