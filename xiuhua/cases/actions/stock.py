"""Numbered paper forms on their way: into the warehouse, to a unit, to an officer, and used, void or lost.

A number that belongs to a squad's prefix goes to that squad only. What is void or lost keeps its number with the
reason, so that every gap explains itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from xiuhua.cases import permissions, queries
from xiuhua.cases.models import Case, Document, PaperForm
from xiuhua.cases.queries.stock import in_hand
from xiuhua.kernel import clock, numbering, record, series
from xiuhua.kernel.authz import Actor, Invalid, Refusal, Refused, Said
from xiuhua.org import queries as org
from xiuhua.org.queries import Officer, Unit

MOST = 2000
State = PaperForm.State
_PRINTED = re.compile(r"(.*?)(\d{1,9})")
_FOREIGN_PREFIX = Refusal(
    "foreign_prefix",
    "该号段的前缀属于别的单位，不能配发给本单位",
    meaning="The prefix of these numbers belongs to another unit.",
    ground="平台规则 §13",
)


def is_stocked() -> bool:
    """Whether any sheet ever came in."""
    return PaperForm.objects.exists()


def receive(
    *, kind: str, count: int, by: Actor, at: datetime, unit: Unit | None = None, first: str = ""
) -> Sequence[PaperForm]:
    """`count` sheets of a kind come into the warehouse.

    With a `unit` they bear the next numbers of its own series, so no document takes them again; else they are numbered
    by the printer, from `first` on. Raises Refused for who keeps no warehouse, Invalid for a kind without a form, a
    number that is no number, a count out of range, or numbers that came in before.
    """
    permissions.check_can_stock(by)
    if kind not in queries.shelf().formed_kinds():
        raise Invalid({"kind": "没有这种文书"})
    if not 1 <= count <= MOST:
        raise Invalid({"count": Said("一次入库 1 至 %(n)s 份", n=MOST)})
    with record.act("cases.receive_forms", by=by, at=at) as act:
        numbers = _of_series(kind, count, unit, act) if unit else _printed(first, count)
        if PaperForm.objects.filter(kind=kind, number__in=numbers).exists():
            raise Invalid({"first": "号段中有已入库的编号"})
        prefix = _prefix_of(unit) if unit else ""
        PaperForm.objects.bulk_create(
            [
                PaperForm(kind=kind, number=number, serial=place, prefix=prefix, received_at=at, moved_at=at)
                for place, number in enumerate(numbers)
            ]
        )
        made = list(PaperForm.objects.filter(kind=kind, number__in=numbers).order_by("pk"))
        _entry(act, made, {"unit": unit.code if unit else ""})
    return made


def _of_series(kind: str, count: int, unit: Unit, act: record.Act) -> Sequence[str]:
    try:
        return numbering.take_many(
            kind=kind,
            unit_code=unit.code,
            prefix=unit.form_prefix,
            year=clock.day_of(act.at).year,
            subjects=["paper_form"] * count,
            act=act,
        )
    except LookupError:
        raise Invalid({"unit": "这种文书没有统一编号，请填写印刷的起始编号"}) from None


def _printed(first: str, count: int) -> Sequence[str]:
    found = _PRINTED.fullmatch(first.strip())
    if found is None:
        raise Invalid({"first": "起始编号须以数字结尾"})
    head, digits = found[1], found[2]
    return [f"{head}{int(digits) + place:0{len(digits)}d}" for place in range(count)]


def _prefix_of(unit: Unit) -> str:
    return next(iter(series.prefixes(unit.code, unit.form_prefix)), "")


def allot(*, kind: str, first: str, count: int, unit: Unit, by: Actor, at: datetime) -> Sequence[PaperForm]:
    """`count` sheets from the number `first` on go from the warehouse to a unit.

    Raises Refused for who keeps no warehouse and for numbers under another unit's prefix, Invalid where one of them is
    not there.
    """
    permissions.check_can_stock(by)
    row = org.authority_for(unit, "*", clock.day_of(at))
    if row is None:
        raise Invalid({"unit": "该单位不办理案件，不领用编号文书"})
    with record.act("cases.allot_forms", by=by, at=at) as act:
        forms = _range(kind, first, count, State.STORED)
        own = series.prefixes(unit.code, unit.form_prefix)
        if any(form.prefix and form.prefix not in own for form in forms):
            raise Refused(_FOREIGN_PREFIX)
        _move(forms, at, state=State.ALLOTTED, unit=unit, authority=row.authority)
        _entry(act, forms, {"unit": unit.code})
    return forms


def hand_out(
    *, kind: str, first: str, count: int, officer: Officer, by: Actor, at: datetime
) -> Sequence[PaperForm]:
    """Sheets of a unit go to one of its officers. Raises Refused for others than who hands forms out there."""
    with record.act("cases.hand_out_forms", by=by, at=at) as act:
        forms = _range(kind, first, count, State.ALLOTTED)
        units = {form.unit_id: form.unit for form in forms}
        for unit in units.values():
            assert unit is not None
            permissions.check_can_hand_out(unit, by)
            if officer.pk not in {o.pk for o in org.officers_of(unit, clock.day_of(at))}:
                raise Invalid({"officer": "领用人不是该单位的人员"})
        _move(forms, at, state=State.HANDED, officer=officer)
        _entry(act, forms, {"officer": officer.staff_no})
    return forms


def take_back(*, form: PaperForm, by: Actor, at: datetime) -> PaperForm:
    """A sheet that was not used goes back from the officer to the unit."""
    return _end(form, "cases.take_back_form", by, at, (State.HANDED,), state=State.ALLOTTED, officer=None)


def use(*, form: PaperForm, case: Case, by: Actor, at: datetime) -> PaperForm:
    """The sheet was used in a case of its unit; a document of the case under this number is tied to it."""
    if case.handling_unit_id != form.unit_id:
        raise Invalid({"case": "不是领用单位办理的案件"})
    document = case.documents.filter(kind=form.kind, number=form.number).first()
    return _end(form, "cases.use_form", by, at, state=State.USED, case=case, document=document)


def spoil(*, form: PaperForm, reason: str, by: Actor, at: datetime) -> PaperForm:
    """The sheet is void: written wrongly, torn, printed badly. It is kept with its number and the reason."""
    return _gone(form, State.VOID, reason, by, at)


def lose(*, form: PaperForm, reason: str, by: Actor, at: datetime) -> PaperForm:
    """The sheet is lost; the reason says how and what was done about it."""
    return _gone(form, State.LOST, reason, by, at)


def check_in_hand(kind: str, number: str, field: str, by: Actor) -> None:
    """Raises Invalid at `field` unless `by` has the sheet in hand: nobody writes on a sheet he was not given."""
    if not in_hand(by).filter(kind=kind, number=number).exists():
        raise Invalid({field: "您手上没有这个编号的文书纸"})


def used_for(document: Document) -> None:
    """A document that bears the number of a sheet uses it up, inside the act that issues it."""
    if document.number:
        PaperForm.objects.filter(
            kind=document.kind, number=document.number, state__in=(State.ALLOTTED, State.HANDED)
        ).update(state=State.USED, case=document.case, document=document)


def _gone(form: PaperForm, state: State, reason: str, by: Actor, at: datetime) -> PaperForm:
    verb = "cases.spoil_form" if state == State.VOID else "cases.lose_form"
    reason = reason.strip()
    if not reason:
        raise Invalid({"reason": "请写明原因"})
    open_states = (State.STORED, State.ALLOTTED, State.HANDED)
    with transaction.atomic():
        ended = _end(form, verb, by, at, open_states, state=state, reason=reason[:200])
        if form.prefix:
            numbering.void(number=form.number, reason=reason, by=by, at=at)
    return ended


def _end(
    form: PaperForm,
    verb: str,
    by: Actor,
    at: datetime,
    states: Sequence[State] = (State.ALLOTTED, State.HANDED),
    **changes: object,
) -> PaperForm:
    """Change one sheet that is in one of `states`. Raises Refused for who has nothing to do with it, Invalid else."""
    permissions.check_can_end_form(form, by)
    with record.act(verb, by=by, at=at) as act:
        if not PaperForm.objects.filter(pk=form.pk, state__in=states).update(moved_at=at, **changes):
            raise Invalid({"form": "这份文书纸已使用、作废或者不在手上"})
        form.refresh_from_db()
        said = {"kind": form.kind, "number": form.number, "state": form.state, "reason": form.reason}
        act.entry(on=form, facts={**said, "case": form.case.number if form.case else ""}, label=form.number)
    return form


def _range(kind: str, first: str, count: int, state: State) -> list[PaperForm]:
    """`count` sheets of a kind from `first` on, all in one state. Raises Invalid where they are not."""
    if not 1 <= count <= MOST:
        raise Invalid({"count": Said("一次 1 至 %(n)s 份", n=MOST)})
    start = PaperForm.objects.filter(kind=kind, number=first.strip()).first()
    if start is None:
        raise Invalid({"first": "没有这个编号的文书纸"})
    batch = PaperForm.objects.filter(
        kind=kind, received_at=start.received_at, prefix=start.prefix, pk__gte=start.pk
    )
    forms = list(batch.select_related("unit").order_by("pk")[:count])
    if len(forms) < count or any(form.state != state for form in forms):
        raise Invalid({"count": "号段中有的不在这里：数量不够，或者已经配发、使用、作废"})
    return forms


def _move(forms: Sequence[PaperForm], at: datetime, **changes: object) -> None:
    """Change the sheets as long as nobody changed them meanwhile. Raises Invalid."""
    rows = PaperForm.objects.filter(pk__in=[form.pk for form in forms], state=forms[0].state)
    if rows.update(moved_at=at, **changes) != len(forms):
        raise Invalid({"first": "号段刚刚被别人动过，请重试"})
    for form in forms:
        form.refresh_from_db()


def _entry(act: record.Act, forms: Sequence[PaperForm], more: dict[str, str]) -> None:
    said = {"kind": forms[0].kind, "first": forms[0].number, "last": forms[-1].number, "count": len(forms)}
    act.entry(on=forms[0], facts={**said, **more}, label=f"{forms[0].number}–{forms[-1].number}")
