"""Units, in whose name they act, and how many people they have."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import Q

from xiuhua.kernel import record
from xiuhua.kernel.authz import Actor, Invalid, Said
from xiuhua.kernel.models import Area
from xiuhua.org import rules
from xiuhua.org.models import AuthorityRow, Headcount, Unit
from xiuhua.org.permissions import check_can_manage

LONGEST_PREFIX = 10


def add_unit(
    *,
    code: str,
    name: str,
    short_name: str,
    kind: rules.UnitKind,
    by: Actor,
    at: datetime,
    name_en: str = "",
    parent: Unit | None = None,
    areas: Iterable[Area] = (),
    form_prefix: str = "",
    source: str = "",
    certainty: str = "",
) -> Unit:
    """A new unit. Raises Invalid for a code or form prefix that is taken, or a town squad without its government."""
    check_can_manage(by)
    errors = {}
    if Unit.objects.filter(code=code).exists():
        errors["code"] = "代码已被使用"
    if len(form_prefix) > LONGEST_PREFIX:
        errors["form_prefix"] = Said("编号前缀最长%(n)s字", n=LONGEST_PREFIX)
    elif form_prefix and Unit.objects.filter(form_prefix=form_prefix).exists():
        errors["form_prefix"] = "编号前缀已分配给其他单位"
    if kind is rules.UnitKind.TOWN_SQUAD and (
        parent is None or parent.kind != rules.UnitKind.TOWN_GOVERNMENT
    ):
        errors["parent"] = "镇中队须隶属镇人民政府"
    if errors:
        raise Invalid(errors)
    with record.act("org.add_unit", by=by, at=at) as act:
        unit = Unit(
            code=code,
            name=name,
            short_name=short_name,
            name_en=name_en,
            kind=kind,
            parent=parent,
            form_prefix=form_prefix,
            search=rules.search_text(name, short_name, code),
            source=source,
            certainty=certainty,
        )
        unit.save(force_insert=True)
        unit.areas.set(areas)
        act.entry(on=unit, facts={"code": code, "kind": str(kind), "parent": parent.code if parent else None})
    return unit


def set_authority(
    *,
    unit: Unit,
    authority: Unit,
    valid_from: date,
    basis: str,
    source: str,
    certainty: str,
    by: Actor,
    at: datetime,
    cause_group: str = "*",
    valid_to: date | None = None,
) -> AuthorityRow:
    """From `valid_from` on, `unit` handles causes of `cause_group` in the name of `authority`.

    A row that is open then ends the day before. Raises Invalid for a group nobody knows or rows that would overlap.
    """
    check_can_manage(by)
    return place_row(
        unit=unit,
        authority=authority,
        valid_from=valid_from,
        basis=basis,
        source=source,
        certainty=certainty,
        by=by,
        at=at,
        cause_group=cause_group,
        valid_to=valid_to,
    )


def place_row(
    *,
    unit: Unit,
    authority: Unit,
    valid_from: date,
    basis: str,
    source: str,
    certainty: str,
    by: Actor,
    at: datetime,
    cause_group: str,
    valid_to: date | None,
) -> AuthorityRow:
    """A row of the matrix, for acts that have checked who may. Raises Invalid like `set_authority`."""
    if cause_group != "*" and cause_group not in rules.CAUSE_GROUP_LABELS:
        raise Invalid({"cause_group": "没有这个案由类别"})
    if valid_to is not None and valid_to < valid_from:
        raise Invalid({"valid_to": "止期早于起期"})
    rows = AuthorityRow.objects.filter(unit=unit, cause_group=cause_group)
    before = rows.filter(valid_from__lt=valid_from, valid_to__isnull=True).first()
    others = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from))
    if valid_to is not None:
        others = others.filter(valid_from__lte=valid_to)
    if others.exclude(pk=before.pk if before else 0).exists():
        raise Invalid({"valid_from": "与已有的权责重叠"})
    with record.act("org.set_authority", by=by, at=at) as act:
        if before is not None:
            before.valid_to = valid_from - timedelta(days=1)
            before.save(update_fields=["valid_to"])
        row = AuthorityRow(
            unit=unit,
            authority=authority,
            cause_group=cause_group,
            valid_from=valid_from,
            valid_to=valid_to,
            basis=basis,
            source=source,
            certainty=certainty,
        )
        row.save(force_insert=True)
        facts = {"authority": authority.code, "cause_group": cause_group, "from": valid_from, "to": valid_to}
        act.entry(on=row, facts={"unit": unit.code, **facts, "basis": basis})
    return row


def set_headcount(
    *,
    kind: rules.HeadcountKind,
    on: date,
    number: int,
    source: str,
    certainty: str,
    by: Actor,
    at: datetime,
    unit: Unit | None = None,
) -> Headcount:
    """How many people `unit`, or without one the bureau, had on `on`. Said again for the same day, it is corrected."""
    check_can_manage(by)
    if number < 0:
        raise Invalid({"number": "人数不得为负"})
    with record.act("org.set_headcount", by=by, at=at) as act:
        row = Headcount.objects.filter(kind=kind, unit=unit, on=on).first()
        before = row.number if row else None
        row = row or Headcount(kind=kind, unit=unit, on=on)
        row.number, row.source, row.certainty = number, source, certainty
        row.save()
        facts = {"kind": str(kind), "unit": unit.code if unit else None, "on": on}
        act.entry(on=row, facts={**facts, "number": number, "before": before, "source": source})
    return row
