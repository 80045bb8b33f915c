"""Powers moved down to towns (事权下沉): delegated from a day, taken back, and the mentoring that goes with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import Actor, Invalid, Refusal, Refused
from xiuhua.org import rules
from xiuhua.org.actions.units import place_row
from xiuhua.org.models import AuthorityRow, Delegation, MentoringSession, Officer, Post, Unit, valid_on
from xiuhua.org.permissions import check_can_delegate, check_can_mentor

SHORTEST = 5
LONGEST = 200


def delegate(
    *,
    unit: Unit,
    authority: Unit,
    cause_group: str,
    valid_from: date,
    document: str,
    basis: str,
    by: Actor,
    at: datetime,
) -> Delegation:
    """From `valid_from` on the town squad `unit` handles `cause_group` in the name of `authority`, by `document`.

    `basis` is the article that allows it. Raises Invalid for a unit that is no town squad, another name than the
    bureau's or that of its own town, all causes at once, without document or basis, and where the group lies with the
    squad by a row of its own already; Refused for others than the heads of the bureau.
    """
    check_can_delegate(by)
    _check_delegated(unit, authority, cause_group, document, basis)
    if AuthorityRow.objects.filter(valid_on(valid_from), unit=unit, cause_group=cause_group).exists():
        raise Invalid({"cause_group": "这类案由当日已在该中队"})
    with record.act("org.delegate", by=by, at=at) as act:
        row = place_row(
            unit=unit,
            authority=authority,
            valid_from=valid_from,
            valid_to=None,
            basis=basis.strip(),
            source=document.strip(),
            certainty="read",
            cause_group=cause_group,
            by=by,
            at=at,
        )
        made = Delegation(row=row, document=document.strip(), delegated_at=at, delegated_by=by.name)
        made.save()
        facts = {"unit": unit.code, "authority": authority.code, "cause_group": cause_group}
        act.entry(on=made, facts={**facts, "from": valid_from, "document": made.document})
    return made


def _check_delegated(unit: Unit, authority: Unit, cause_group: str, document: str, basis: str) -> None:
    errors = {}
    if unit.kind != rules.UnitKind.TOWN_SQUAD:
        errors["unit"] = "事权只下沉到镇中队"
    if authority.kind != rules.UnitKind.BUREAU and authority.pk != unit.parent_id:
        errors["authority"] = "只能以区局或者本镇人民政府名义"
    if cause_group not in rules.CAUSE_GROUP_LABELS:
        errors["cause_group"] = "请选择下沉的案由大类"
    if not SHORTEST <= len(document.strip()) <= LONGEST:
        errors["document"] = "请写明下沉文件的名称和文号"
    if not basis.strip():
        errors["basis"] = "请写明法律依据"
    if errors:
        raise Invalid(errors)


def take_back(
    *, delegation: Delegation, last_day: date, document: str, by: Actor, at: datetime
) -> Delegation:
    """The powers lie with the town up to and with `last_day`; cases that were filed by then go on as they are.

    Raises Invalid without document or for a day before the first; Refused for others than the heads of the bureau and
    for what is taken back already.
    """
    check_can_delegate(by)
    if not SHORTEST <= len(document.strip()) <= LONGEST:
        raise Invalid({"document": "请写明收回文件的名称和文号"})
    with record.act("org.take_back", by=by, at=at) as act:
        found = (
            Delegation.objects.select_for_update(of=("self",))
            .select_related("row__unit")
            .get(pk=delegation.pk)
        )
        if found.back_at is not None:
            raise Refused(Refusal("taken_back", "已经收回", meaning="It is taken back already."))
        if last_day < found.row.valid_from:
            raise Invalid({"last_day": "最后一日早于起始日"})
        found.row.valid_to = last_day
        found.row.save(update_fields=["valid_to"])
        found.back_document, found.back_at, found.back_by = document.strip(), at, by.name
        found.save()
        facts = {"unit": found.row.unit.code, "cause_group": found.row.cause_group, "to": last_day}
        act.entry(on=found, facts={**facts, "document": found.back_document})
    return found


@dataclass(frozen=True, slots=True)
class Held:
    """A mentoring session as it was held. `attendees` and `parties_checked` are counts of people and of parties."""

    held_on: date
    place: str
    programme: str
    mentor: Officer
    attendees: int
    parties_checked: int = 0


def record_mentoring(*, delegation: Delegation, held: Held, by: Actor, at: datetime) -> MentoringSession:
    """A session that was held. Raises Invalid for a day to come, without place, programme or attendees, for a mentor of
    the squad itself; Refused for whoever records none.
    """
    check_can_mentor(by)
    if errors := _held_wrong(delegation, held, clock.day_of(at)):
        raise Invalid(errors)
    with record.act("org.record_mentoring", by=by, at=at) as act:
        made = MentoringSession(
            delegation=delegation,
            held_on=held.held_on,
            place=held.place.strip(),
            programme=held.programme.strip(),
            mentor=held.mentor,
            attendees=held.attendees,
            parties_checked=held.parties_checked,
            recorded_at=at,
            recorded_by=by.name,
        )
        made.save()
        facts = {"unit": delegation.row.unit.code, "on": held.held_on, "mentor": held.mentor.staff_no}
        counts = {"attendees": held.attendees, "parties_checked": held.parties_checked}
        act.entry(on=made, facts={**facts, **counts, "programme": made.programme})
    return made


def _held_wrong(delegation: Delegation, held: Held, today: date) -> dict[str, str]:
    errors = {}
    if held.held_on > today:
        errors["held_on"] = "带教日期不能晚于今天"
    if not held.place.strip():
        errors["place"] = "请写明地点"
    if not SHORTEST <= len(held.programme.strip()) <= LONGEST:
        errors["programme"] = "请写明带教内容"
    if held.attendees < 1:
        errors["attendees"] = "参加人次至少一人"
    if held.parties_checked < 0:
        errors["parties_checked"] = "户数不得为负"
    own = Post.objects.filter(valid_on(held.held_on), officer=held.mentor, unit=delegation.row.unit)
    if own.exists():
        errors["mentor"] = "带教人不能是被带教中队的人员"
    return errors
