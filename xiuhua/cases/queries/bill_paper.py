"""The printed bill of a fine: what it says on the day on which it is printed, whole or for one instalment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from xiuhua.cases.documents.render import Header, Paper, paper
from xiuhua.cases.models import FineBill
from xiuhua.cases.queries.money import Account, account, file_of_bill
from xiuhua.cases.queries.papers import shelf

KIND = "fine_bill"


def bill_paper(bill: FineBill, on: date, *, part: int = 0, audience: str = "") -> Paper:
    """The bill as it is to be paid on `on`; `part` is one instalment from 1, 0 the whole.

    Raises LookupError for an instalment that the plan has not.
    """
    case, said = bill.case, block_of(bill, account(bill, on), on, part)
    header = Header(
        authority_name=case.authority.name,
        unit_name=case.handling_unit.name,
        issued_on=bill.issued_on.isoformat(),
    )
    file = {**file_of_bill(bill), "bill": said}
    return paper(shelf(), KIND, file, header, on=on.isoformat(), audience=audience)


def block_of(bill: FineBill, owed: Account, on: date, part: int) -> dict[str, Any]:
    """What the form reads as `bill`. Sums in yuan; the code holds number, sum and last day, parted by `|`."""
    parts = instalments(owed)
    if part and not 0 < part <= len(parts):
        raise LookupError(part)
    one: Mapping[str, Any] = parts[part - 1] if part else {}
    due = one.get("due") or (bill.due_on.isoformat() if bill.due_on else "")
    left = one.get("left", owed.left)
    return {
        "number": bill.number,
        "issued_on": bill.issued_on.isoformat(),
        "due_on": due,
        "part": str(part) if part else "",
        "parts": parts,
        "lines": [{"name": f"第{part}期", "amount": one["amount"]}] if part else _lines(owed),
        "left": left,
        "code": f"{bill.number}|{left:.2f}|{due}",
        "reckoned_to": on.isoformat() if owed.reckoning and owed.surcharge and not part else "",
    }


def instalments(owed: Account) -> list[dict[str, Any]]:
    """The instalments of the plan with what each still lacks; what was paid covers the first of them."""
    found, paid = [], owed.paid
    for row in owed.plan:
        amount = row.get("amount") or 0
        covered = min(paid, amount)
        paid = round(paid - covered, 2)
        found.append({"due": row.get("due"), "amount": amount, "left": round(amount - covered, 2)})
    return found


def _lines(owed: Account) -> Sequence[Mapping[str, Any]]:
    """The sums of the bill that are not nothing, in the order of the account."""
    sums = (
        ("罚款", owed.fine),
        ("没收违法所得", owed.gains),
        ("加处罚款", owed.surcharge),
        ("减免加处罚款（减）", owed.waived),
        ("已缴（减）", owed.paid),
    )
    return [{"name": name, "amount": amount} for name, amount in sums if amount]
