"""Who works here: people, certificates, posts."""

from __future__ import annotations

from datetime import date, datetime

from xiuhua.kernel import record
from xiuhua.kernel.authz import Actor, Invalid, Refused
from xiuhua.org import rules
from xiuhua.org.models import Certificate, Officer, Post, Unit
from xiuhua.org.permissions import check_can_appoint, check_can_manage


def hire(*, staff_no: str, name: str, kind: rules.PersonKind, by: Actor, at: datetime) -> Officer:
    """Somebody begins to work here. Raises Invalid for a staff number that is taken or a name that is empty."""
    check_can_manage(by)
    errors = {}
    if not name.strip():
        errors["name"] = "请填写姓名"
    if Officer.objects.filter(staff_no=staff_no).exists():
        errors["staff_no"] = "工号已被使用"
    if errors:
        raise Invalid(errors)
    with record.act("org.hire", by=by, at=at) as act:
        officer = Officer(staff_no=staff_no, name=name, kind=kind, search=rules.search_text(name, staff_no))
        officer.save(force_insert=True)
        act.entry(on=officer, facts={"staff_no": staff_no, "kind": str(kind)})
    return officer


def grant_certificate(
    *,
    officer: Officer,
    number: str,
    valid_from: date,
    valid_to: date,
    by: Actor,
    at: datetime,
    legal_qualification: str = "",
) -> Certificate:
    """An enforcement certificate (执法证), or, for a reviewer, the proof of the legal qualification beside it.

    Raises Refused for auxiliary staff (SHUM §16), Invalid for a number that is taken or dates the wrong way round.
    """
    check_can_manage(by)
    if officer.kind == rules.PersonKind.AUXILIARY:
        raise Refused(*rules.unfit("officer", officer.kind))
    errors = {}
    if valid_to < valid_from:
        errors["valid_to"] = "有效期止早于有效期起"
    if Certificate.objects.filter(number=number).exists():
        errors["number"] = "证号已被使用"
    if errors:
        raise Invalid(errors)
    with record.act("org.grant_certificate", by=by, at=at) as act:
        certificate = Certificate(
            officer=officer,
            number=number,
            valid_from=valid_from,
            valid_to=valid_to,
            legal_qualification=legal_qualification,
        )
        certificate.save(force_insert=True)
        facts = {"officer": officer.staff_no, "from": valid_from, "to": valid_to}
        act.entry(on=certificate, facts={**facts, "legal_qualification": legal_qualification})
    return certificate


def appoint(
    *,
    officer: Officer,
    unit: Unit,
    role: str,
    valid_from: date,
    by: Actor,
    at: datetime,
    valid_to: date | None = None,
) -> Post:
    """`officer` holds `role` in `unit` from `valid_from` up to and with `valid_to`.

    Raises Refused where the post may not be held (see `check_can_appoint`), Invalid for an unknown role, dates the
    wrong way round, or a post that is held already.
    """
    errors = {}
    if role not in rules.ROLES:
        errors["role"] = "没有这个角色"
    if valid_to is not None and valid_to < valid_from:
        errors["valid_to"] = "任职止早于任职起"
    if errors:
        raise Invalid(errors)
    check_can_appoint(by, officer=officer, unit=unit, role=role, start=valid_from, end=valid_to)
    same = officer.posts.filter(unit=unit, role=role).exclude(valid_to__lt=valid_from)
    if (same if valid_to is None else same.exclude(valid_from__gt=valid_to)).exists():
        raise Invalid({"role": "已在该单位担任此职"})
    with record.act("org.appoint", by=by, at=at) as act:
        post = Post(officer=officer, unit=unit, role=role, valid_from=valid_from, valid_to=valid_to)
        post.save(force_insert=True)
        facts = {"officer": officer.staff_no, "unit": unit.code, "role": role}
        act.entry(on=post, facts={**facts, "from": valid_from, "to": valid_to})
    return post


def end_post(*, post: Post, last_day: date, by: Actor, at: datetime) -> Post:
    """The post ends with `last_day`. Raises Invalid for a day before it began."""
    check_can_manage(by)
    if last_day < post.valid_from:
        raise Invalid({"last_day": "任职止早于任职起"})
    with record.act("org.end_post", by=by, at=at) as act:
        before = post.valid_to
        post.valid_to = last_day
        post.save(update_fields=["valid_to"])
        act.entry(on=post, facts={"to": last_day, "before": before})
    return post
