"""A draw: chance from a seed that nobody chose, written down before anybody looks."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Count

from xiuhua.evidence import actions as evidence
from xiuhua.evidence import queries as recordings
from xiuhua.kernel import clock, record
from xiuhua.kernel import queries as kernel
from xiuhua.kernel.authz import Actor, Invalid
from xiuhua.org import queries as org
from xiuhua.oversight import queries, rules
from xiuhua.oversight.models import Draw, Goal, Sample
from xiuhua.oversight.permissions import check_can_draw, units_of
from xiuhua.oversight.queries.reviews import candidates


def draw(*, month: date, by: Actor, at: datetime, seed: str = "") -> Draw:
    """Draw what is still short of the goals of a month, for the actor to look at. Files that lie at stations are asked
    for.

    A seed is given by who does a draw again elsewhere; else it comes from the machine. Raises Refused for anybody but
    an inspector, Invalid where every goal is reached, nothing is there to draw, or the month is still to come.
    """
    check_can_draw(by)
    month = queries.month_of(month)
    if month > clock.day_of(at):
        raise Invalid({"month": "不能抽取以后月份的视频"})
    seed = seed or secrets.token_hex(16)
    look_by = kernel.calendar().after(clock.day_of(at), queries.limit("look_workdays"))
    with record.act("oversight.draw", by=by, at=at) as act:
        strata = _strata(seed, month, by, at)
        made = Draw(
            month=month,
            seed=seed,
            strata=[_told(stratum) for stratum in strata],
            drawn_at=at,
            drawn_by=by.user_id or 0,
            drawn_name=by.name,
            not_units=sorted(units_of(by)),
            not_officer=by.officer_id,
        )
        made.save(force_insert=True)
        act.entry(on=made, facts={"month": month, "seed": seed, "strata": made.strata})
        for stratum in strata:
            for place, one in enumerate(stratum.drawn, 1):
                _drawn_one(act, made, one, place=place, look_by=look_by)
    return made


def _strata(seed: str, month: date, by: Actor, at: datetime) -> list[rules.Stratum]:
    """What the seed takes. One draw at a time: two at once would each fill up what the other counted as short."""
    list(Goal.objects.select_for_update().order_by("pk"))
    short = rules.short_of(queries.goals(org.handling_units(), month), _drawn(month))
    found = rules.draw(seed, candidates(month, at), short, not_units=units_of(by), not_officer=by.officer_id)
    if not any(stratum.drawn for stratum in found):
        raise Invalid({"month": "本月各单位目标已经抽足，或者没有可抽的视频"})
    return found


def _drawn(month: date) -> Mapping[int, int]:
    rows = Sample.objects.filter(month=month).order_by().values_list("unit")
    return dict(rows.annotate(n=Count("pk")))


def _told(stratum: rules.Stratum) -> dict[str, object]:
    told = {"unit": stratum.unit, "wanted": stratum.wanted, "held": stratum.held}
    return {**told, "digest": stratum.digest, "drawn": [one.mark for one in stratum.drawn]}


def _drawn_one(act: record.Act, draw: Draw, one: rules.Candidate, *, place: int, look_by: date) -> None:
    sample = Sample(
        draw=draw,
        recording_id=one.key,
        unit_id=one.unit,
        month=draw.month,
        place=place,
        state=rules.State.DRAWN,
        look_by=look_by,
    )
    sample.save(force_insert=True)
    act.entry(on=sample, facts={"draw": draw.pk, "recording": one.mark, "place": place})
    evidence.ask_for(recording=recordings.recordings(act.by).get(pk=one.key), by=act.by, at=act.at)
