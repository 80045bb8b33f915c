"""Sessions on hard cases (疑难案件会商): cases with questions, opinions of each, minutes that stay as signed.

A session gives advice. It is no collective discussion of the heads (PPL21 §57) and no step of the procedure: whatever
it comes to, the table asks for what the law asks for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from xiuhua.cases.models import Case, HardSession, SessionItem, SessionOpinion, SessionSeat
from xiuhua.cases.permissions import check_can_guide
from xiuhua.cases.queries.sessions import aside, took_part
from xiuhua.kernel import record
from xiuhua.kernel.authz import Actor, Invalid, Refusal, Refused, Said
from xiuhua.org.queries import Officer

SHORTEST = 5
FEWEST = 2
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Agenda:
    """A case and what is asked about it."""

    case: Case
    question: str


def convene(
    *,
    held_on: date,
    place: str,
    chair: Officer,
    participants: Sequence[Officer],
    agenda: Sequence[Agenda],
    by: Actor,
    at: datetime,
) -> HardSession:
    """A session on the cases of `agenda`; the chair sits in it too.

    Raises Invalid without place, two participants, cases and questions; Refused for whoever calls none, for a case out
    of sight, for a participant who has to stand aside from one of the cases (PPL21 §43), and for a chair who
    investigated one.
    """
    check_can_guide(by)
    people = list({o.pk: o for o in (chair, *participants)}.values())
    _check_called(place, people, agenda)
    for one in agenda:
        _check_seen(one.case, by)
        check_may_sit(one.case, people)
        if took_part(one.case, chair):
            raise Refused(CHAIR)
    with record.act("cases.convene_session", by=by, at=at) as act:
        session = HardSession(
            held_on=held_on, place=place.strip(), chair=chair, convened_at=at, convened_by=by.name
        )
        session.save()
        for person in people:
            SessionSeat(session=session, officer=person).save()
        for one in agenda:
            SessionItem(session=session, case=one.case, question=one.question.strip()).save()
        for one in agenda:
            facts = {"session": session.pk, "on": held_on, "chair": chair.pk, "question": one.question}
            act.entry(on=one.case, facts={**facts, "people": [p.pk for p in people]}, label=one.case.number)
    return session


CHAIR = Refusal(
    "chair_investigated",
    "参与调查本案的人员不主持会商",
    meaning="Who investigated the case does not chair the session.",
    ground="平台规则 §18",
)


def _check_called(place: str, people: Sequence[Officer], agenda: Sequence[Agenda]) -> None:
    errors = {}
    if not place.strip():
        errors["place"] = "请写明地点"
    if len(people) < FEWEST:
        errors["participants"] = Said("会商至少%(n)s人", n=FEWEST)
    if not agenda:
        errors["cases"] = "请列出会商的案件"
    elif len({one.case.pk for one in agenda}) < len(agenda):
        errors["cases"] = "同一案件只列一次"
    if any(len(one.question.strip()) < SHORTEST for one in agenda):
        errors["question"] = "请写明议题"
    if errors:
        raise Invalid(errors)


def _check_seen(case: Case, by: Actor) -> None:
    if not Case.objects.whole(by).filter(pk=case.pk).exists():
        raise Refused(
            Refusal(
                "not_seen",
                "看不到这件案件",
                meaning="The case lies out of your sight.",
                ground="平台规则 §18",
            )
        )


def check_may_sit(case: Case, people: Sequence[Officer]) -> None:
    """Raises Refused, naming them, for people who have to stand aside from the case."""
    away = aside(case)
    if barred := [p.name for p in people if str(p.pk) in away]:
        raise Refused(
            Refusal(
                "stands_aside",
                Said("%(names)s应当回避%(number)s，不得参加会商", names=tuple(barred), number=case.number),
                "PPL21 §43",
                "Who must stand aside does not take part.",
            )
        )


def _open(session: HardSession) -> HardSession:
    """The row, locked. Raises Refused once the minutes are signed: what was signed stays as written."""
    row = HardSession.objects.select_for_update(of=("self",)).select_related("chair").get(pk=session.pk)
    if row.signed_at is not None:
        raise Refused(
            Refusal(
                "minutes_signed",
                "会商纪要已经签署，不再改动",
                meaning="The minutes are signed and stay as written.",
                ground="平台规则 §5",
            )
        )
    return row


def say_opinion(*, item: SessionItem, text: str, by: Actor, at: datetime) -> SessionOpinion:
    """What a participant says of a case, in his or her own name; said again, the later words stand until signed.

    Raises Invalid for a text that is empty or long; Refused for whoever has no seat, for whoever has to stand aside
    meanwhile, and once the minutes are signed.
    """
    if not SHORTEST <= len(text.strip()) <= LONGEST:
        raise Invalid({"text": Said("请写明意见，不超过%(n)s字", n=LONGEST)})
    with record.act("cases.say_opinion", by=by, at=at) as act:
        session = _open(item.session)
        seat = SessionSeat.objects.filter(session=session, officer=by.officer_id or 0)
        found = seat.select_related("officer").first()
        if found is None:
            raise Refused(
                Refusal(
                    "no_seat",
                    "您不是本次会商的参加人",
                    meaning="You have no seat in it.",
                    ground="平台规则 §18",
                )
            )
        check_may_sit(item.case, [found.officer])
        row = SessionOpinion.objects.filter(item=item, officer=found.officer).first()
        row = row or SessionOpinion(item=item, officer=found.officer)
        row.text, row.at = text.strip(), at
        row.save()
        act.entry(on=item.case, facts={"session": session.pk, "opinion": row.text}, label=item.case.number)
    return row


def sign_minutes(
    *, session: HardSession, conclusions: Mapping[int, str], minutes: str, by: Actor, at: datetime
) -> HardSession:
    """The chair signs: the conclusion of every case by the id of its item, and the minutes. Nothing changes afterwards.

    Raises Invalid where a case has no conclusion or nobody said anything of it, or without minutes; Refused for others
    than the chair, before the day of the session, and once signed.
    """
    with record.act("cases.sign_minutes", by=by, at=at) as act:
        row = _open(session)
        if by.officer_id != row.chair_id:
            raise Refused(
                Refusal(
                    "not_chair",
                    "纪要由主持人签署",
                    meaning="The minutes are signed by the chair.",
                    ground="平台规则 §18",
                )
            )
        items = list(row.items.select_related("case").order_by("pk"))
        _check_minutes(items, conclusions, minutes)
        for item in items:
            check_may_sit(item.case, [row.chair])
            item.conclusion = conclusions[item.pk].strip()
            item.save()
        row.minutes, row.signed_at = minutes.strip(), at
        row.minutes_hash = hashlib.sha256(row.minutes.encode()).hexdigest()
        row.save()
        for item in items:
            facts = {"session": row.pk, "conclusion": item.conclusion, "minutes": row.minutes_hash}
            act.entry(on=item.case, facts=facts, label=item.case.number)
    return row


def _check_minutes(items: Sequence[SessionItem], conclusions: Mapping[int, str], minutes: str) -> None:
    errors: dict[str, str] = {}
    for item in items:
        said = conclusions.get(item.pk, "").strip()
        if not SHORTEST <= len(said) <= LONGEST:
            errors[f"conclusion-{item.pk}"] = Said("请写明会商意见，不超过%(n)s字", n=LONGEST)
        elif not item.opinions.exists():
            errors[f"conclusion-{item.pk}"] = "还没有人对这件案件发表意见"
    if len(minutes.strip()) < SHORTEST:
        errors["minutes"] = "请写明纪要"
    if errors:
        raise Invalid(errors)
