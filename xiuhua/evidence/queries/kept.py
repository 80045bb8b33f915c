"""Why a recording is still kept, and what may go: by its retention, and by what holds it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from xiuhua.evidence.models import Category, Destruction, Exhibit, Hold, Media, Recording
from xiuhua.evidence.rules import keeping as rules
from xiuhua.evidence.rules.recordings import State
from xiuhua.kernel import clock, files
from xiuhua.kernel.authz import Actor
from xiuhua.kernel.models import StoredFile


@dataclass(frozen=True, slots=True)
class Keeping:
    """Of one recording: its category, the last day of its retention (None: for good, or no rule), what holds it."""

    category: Category | None
    until: date | None
    holds: tuple[Hold, ...]
    may_go: bool


def keeping_of(recordings: Iterable[Recording], on: date) -> dict[int, Keeping]:
    """Recording → why it is kept on this day."""
    rows = list(recordings)
    categories = {row.code: row for row in Category.objects.all()}
    held: dict[int, list[Hold]] = {row.pk: [] for row in rows}
    for hold in Hold.objects.lasting(on).filter(recording__in=list(held)).order_by("pk"):
        held[hold.recording_id].append(hold)
    return {row.pk: _keeping(row, categories, held[row.pk], on) for row in rows}


def _keeping(row: Recording, categories: Mapping[str, Category], held: list[Hold], on: date) -> Keeping:
    category = categories.get(rules.category_of(important=row.important))
    docked = clock.day_of(row.docked_at)
    days = category.keep_days if category else None
    subjects = [hold.subject for hold in held]
    free = category is not None and rules.may_go(docked, days, subjects, on) and row.state != State.DESTROYED
    return Keeping(category, rules.kept_until(docked, days), tuple(held), free)


def held_at(recordings: Iterable[Recording], at: datetime) -> dict[int, list[Hold]]:
    """Recording → what held it at a moment, whatever became of the hold since."""
    found: dict[int, list[Hold]] = {row.pk: [] for row in recordings}
    lasted = Q(until__isnull=True) | Q(until__gt=at)
    due = Q(ends_on__isnull=True) | Q(ends_on__gte=clock.day_of(at))
    for hold in Hold.objects.filter(lasted, due, recording__in=list(found), since__lte=at).order_by("pk"):
        found[hold.recording_id].append(hold)
    return found


def holds(user: Actor) -> QuerySet[Hold]:
    """The holds `user` may see, the latest first."""
    return Hold.objects.visible(user).select_related("recording__unit").order_by("-pk")


def held_for(subject: str) -> Sequence[Recording]:
    """The recordings that `subject` holds."""
    found = Recording.objects.filter(holds__subject=subject, holds__until__isnull=True)
    return list(found.order_by("pk").distinct())


def is_used(file: StoredFile) -> bool:
    """Whether anything but destroyed recordings is kept under these bytes: the same film added by hand, a paper."""
    gone = {
        Recording: Q(state=State.DESTROYED),
        Exhibit: Q(recording__state=State.DESTROYED),
        Media: Q(file=file),
    }
    return any(rows.exclude(gone.get(rows.model, Q(pk__in=[]))).exists() for rows in files.rows_with(file))


def past_retention(user: Actor, unit: int, on: date) -> QuerySet[Recording]:
    """Recordings of the unit that may be put on a list to go: past their time, held by nothing, on no open list."""
    term = Q(pk__in=[])
    for code, days in Category.objects.exclude(keep_days=None).values_list("code", "keep_days"):
        last = datetime(on.year, on.month, on.day, tzinfo=clock.SHANGHAI) - timedelta(days=days or 0)
        marked = code == rules.category_of(important=True)
        term |= Q(important=marked, docked_at__lt=last)
    rows = Recording.objects.visible(user).filter(term, unit=unit).exclude(state=State.DESTROYED)
    rows = rows.exclude(pk__in=Hold.objects.lasting(on).values("recording"))
    return rows.exclude(pk__in=on_open_lists()).order_by("docked_at", "pk")


def on_open_lists() -> QuerySet[Recording, int]:
    """Keys of the recordings on lists that are not carried out yet."""
    return Recording.objects.filter(
        destructions__done_at__isnull=True, destructions__isnull=False
    ).values_list("pk", flat=True)


def destructions(user: Actor) -> QuerySet[Destruction]:
    """The lists `user` may see, the latest first."""
    return Destruction.objects.visible(user).select_related("unit").order_by("-pk")
