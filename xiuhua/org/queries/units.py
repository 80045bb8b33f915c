"""Units and the authority matrix: who handles at a place, and in whose name, on a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q, QuerySet

from xiuhua.kernel.authz import Actor
from xiuhua.kernel.models import Area
from xiuhua.org import rules
from xiuhua.org.models import AuthorityRow, Unit, valid_on

ALL_CAUSES = "*"
_SQUADS = (rules.UnitKind.SPECIAL_AREA_SQUAD, rules.UnitKind.STREET_SQUAD, rules.UnitKind.TOWN_SQUAD)


def units(user: Actor) -> QuerySet[Unit]:
    """Every unit that `user` may see, in the order of their codes."""
    return Unit.objects.visible(user).order_by("code")


def unit_by_code(code: str) -> Unit | None:
    return Unit.objects.filter(code=code).first()


def bureau() -> Unit | None:
    """The bureau itself; None before the units are loaded."""
    return Unit.objects.filter(kind=rules.UnitKind.BUREAU).order_by("pk").first()


def handling_units() -> QuerySet[Unit]:
    """The units that work cases: squads, brigades, detachments."""
    return Unit.objects.filter(kind__in=sorted(rules.HANDLING_KINDS)).order_by("code")


def _rows(cause_group: str, on: date) -> QuerySet[AuthorityRow]:
    return AuthorityRow.objects.filter(
        valid_on(on), Q(cause_group=cause_group) | Q(cause_group=ALL_CAUSES)
    ).select_related("authority", "unit")


def authority_rows() -> Sequence[AuthorityRow]:
    """The whole matrix, for whoever asks it of thousands of rows; see `authority_for` for how it is read."""
    return list(AuthorityRow.objects.select_related("authority").order_by("valid_from", "pk"))


def acting_for(authorities: Iterable[int]) -> QuerySet[AuthorityRow, int]:
    """Keys of the units that act in the name of one of `authorities` for all causes, by rows that have not ended."""
    rows = AuthorityRow.objects.filter(
        authority__in=list(authorities), cause_group=ALL_CAUSES, valid_to__isnull=True
    )
    return rows.values_list("unit", flat=True)


def authority_for(unit: Unit, cause_group: str, on: date) -> AuthorityRow | None:
    """The row by which `unit` handles causes of `cause_group` on `on`, with the authority in whose name it acts.

    A row for the group goes before one for all causes, a later row before an earlier one; None: the unit may not handle
    them (SHUM §4).
    """
    found = list(_rows(cause_group, on).filter(unit=unit))
    return max(found, key=lambda r: (r.cause_group != ALL_CAUSES, r.valid_from, r.pk), default=None)


def _rank(row: AuthorityRow) -> tuple[bool, int, str]:
    kinds: Sequence[str] = _SQUADS
    place = kinds.index(row.unit.kind) if row.unit.kind in kinds else len(kinds)
    return row.cause_group == ALL_CAUSES, place, row.unit.code


def handling_unit_at(area: Area | None, cause_group: str, on: date) -> Unit | None:
    """The unit that handles causes of `cause_group` in `area` on `on` (SHUM §14: the place of the act decides).

    A unit that the matrix names for the group goes before those for all causes, the squad of the place before brigades.
    None where the place is unknown or nobody handles there.
    """
    if area is None:
        return None
    found = _rows(cause_group, on).filter(unit__areas=area, unit__kind__in=sorted(rules.HANDLING_KINDS))
    best = min(found, key=_rank, default=None)
    return best.unit if best else None
