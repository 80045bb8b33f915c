"""The people of the demo: one account for each role, invented, with posts that last as long as the demo tells."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from xiuhua.conf import demo_images
from xiuhua.kernel.authz import SYSTEM, Actor, Invalid
from xiuhua.org import actions, queries, rules
from xiuhua.org.actions.reference import DEMO_USERS
from xiuhua.org.queries import Unit
from xiuhua.org.rules.tables import Row, read

# The demo's people hold their posts and certificates over the whole time that the demo tells of.
DEMO_FROM, DEMO_TO = date(2017, 1, 1), date(2035, 12, 31)


@dataclass(frozen=True, slots=True)
class Made:
    """An account of the demo; `password` is empty where it was there before and kept its own."""

    login: str
    name: str
    role: str
    unit: str
    password: str = ""


def new_password() -> str:
    """Four groups that a person can type: 80 bits of chance."""
    raw = secrets.token_hex(10)
    return "-".join(raw[i : i + 5] for i in range(0, 20, 5))


def demo_rows(folder: Path | None = None) -> Sequence[Row]:
    """The people of the demo as the reference file has them. Raises Invalid for a file with faults."""
    file = (folder or settings.REFERENCE_DIR) / DEMO_USERS.file
    table = read(DEMO_USERS, file.read_text(encoding="utf-8"))
    if table.faults:
        raise Invalid({f"{f.file}:{f.line} {f.column}": f.reason for f in table.faults})
    return table.rows


def make_demo_users(*, by: Actor, at: datetime, password: str = "") -> list[Made]:
    """One account for each role, with invented names; those that are there already are left as they are.

    All new ones get `password`, or one made here. Raises Invalid before the units are loaded.
    """
    password = password or new_password()
    made = [_make(row, password, by, at) for row in demo_rows()]
    _deposit_seals(at)
    return made


def _deposit_seals(at: datetime) -> None:
    """A drawn seal for every authority in whose name a demo unit acts, unless one is deposited."""
    for authority in {row.authority for row in queries.authority_rows()}:
        if queries.seal_of(authority) is None:
            actions.deposit_seal(unit=authority, image=demo_images.seal(authority.name), by=SYSTEM, at=at)


@transaction.atomic
def _make(row: Row, password: str, by: Actor, at: datetime) -> Made:
    unit = unit_of(row["unit"])
    made = Made(row["login"], row["name"], rules.ROLES[row["role"]].label, unit.short_name)
    if queries.user_by_login(row["login"]):
        return made
    officer = actions.hire(
        staff_no=row["staff_no"], name=row["name"], kind=rules.PersonKind(row["kind"]), by=by, at=at
    )
    if officer.kind == rules.PersonKind.OFFICER or row["legal_qualification"]:
        actions.grant_certificate(
            officer=officer,
            number=f"示例{row['staff_no']}",
            valid_from=DEMO_FROM,
            valid_to=DEMO_TO,
            legal_qualification=row["legal_qualification"],
            by=by,
            at=at,
        )
    actions.appoint(officer=officer, unit=unit, role=row["role"], valid_from=DEMO_FROM, by=by, at=at)
    machine = row["role"] == "intake"
    actions.make_user(
        officer=officer, login=row["login"], password=None if machine else password, by=by, at=at
    )
    if not machine:
        actions.deposit_signature(
            officer=officer, image=demo_images.signature(officer.name), by=SYSTEM, at=at
        )
    return Made(made.login, made.name, made.role, made.unit, "(key only)" if machine else password)


def unit_of(code: str) -> Unit:
    """The unit with this code. Raises Invalid where there is none."""
    unit = queries.unit_by_code(code)
    if unit is None:
        raise Invalid({"unit": f"没有代码为“{code}”的单位；请先运行 xiuhua reference load"})
    return unit
