"""Who may change the organisation: pairs of a check that refuses with a reason, and a question that says yes or no."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from xiuhua.kernel.authz import Actor, Refusal, Refused, Said, holds
from xiuhua.org import rules
from xiuhua.org.models import LoginSession, Officer, Post, Unit, User

MANAGE = Refusal(
    "org_manage_needed",
    "只有系统管理员可以管理单位、人员、任职和账号",
    meaning="only a system administrator may do this",
)
SECURE = Refusal(
    "org_secure_needed",
    "只有安全管理员可以停用账号、收回会话和密钥",
    meaning="only a security administrator may do this",
)
DELEGATE = Refusal(
    "org_delegate_needed",
    "事权下沉和收回由局领导决定",
    meaning="powers are moved down and taken back by the heads of the bureau",
)
MENTOR = Refusal(
    "org_mentor_needed",
    "现场带教由大队（支队）、案件管理中心和局领导登记",
    meaning="mentoring is recorded by brigades, the case centre and the heads",
)
OWN_ACCOUNT = Refusal(
    "own_account", "管理员不得停用自己的账号", meaning="an administrator may not disable the own account"
)


def check_can_manage(by: Actor) -> None:
    """Units, people, certificates, posts, accounts, head-counts, authority rows. Raises Refused."""
    if not by.can("org.manage"):
        raise Refused(MANAGE)


def can_manage(by: Actor) -> bool:
    return holds(lambda: check_can_manage(by))


def check_can_delegate(by: Actor) -> None:
    """Moving powers down to a town and taking them back. Raises Refused."""
    if not (by.is_system or by.can("org.delegate")):
        raise Refused(DELEGATE)


def can_delegate(by: Actor) -> bool:
    return holds(lambda: check_can_delegate(by))


def check_can_mentor(by: Actor) -> None:
    """Recording mentoring sessions. Raises Refused."""
    if not (by.is_system or by.can("org.mentor")):
        raise Refused(MENTOR)


def can_mentor(by: Actor) -> bool:
    return holds(lambda: check_can_mentor(by))


def check_can_disable(by: Actor, user: User) -> None:
    """Disabling an account: either administrator, never one's own. Raises Refused."""
    if not (by.can("org.secure") or by.can("org.manage")):
        raise Refused(SECURE)
    if user.pk == by.user_id:
        raise Refused(OWN_ACCOUNT)


def can_disable(by: Actor, user: User) -> bool:
    return holds(lambda: check_can_disable(by, user))


def check_can_set_password(by: Actor, user: User) -> None:
    """One's own password, or anybody's for the system administrator. Raises Refused."""
    if user.pk != by.user_id:
        check_can_manage(by)


def can_set_password(by: Actor, user: User) -> bool:
    return holds(lambda: check_can_set_password(by, user))


def check_can_end_session(by: Actor, session: LoginSession) -> None:
    """One's own sessions, or anybody's for the security administrator. Raises Refused."""
    if session.user_id != by.user_id and not by.can("org.secure"):
        raise Refused(SECURE)


def can_end_session(by: Actor, session: LoginSession) -> bool:
    return holds(lambda: check_can_end_session(by, session))


def check_can_end_key(by: Actor) -> None:
    """Keys are made by the system administrator and ended by either administrator. Raises Refused."""
    if not (by.can("org.secure") or by.can("org.manage")):
        raise Refused(SECURE)


def can_end_key(by: Actor) -> bool:
    return holds(lambda: check_can_end_key(by))


def _post_refusals(
    officer: Officer, unit: Unit, role: str, kept: Iterable[Post], by: Actor
) -> Iterable[Refusal]:
    if by.officer_id == officer.pk:
        yield Refusal("own_post", "不得给自己任职", meaning="nobody appoints themselves", field="officer")
    if rules.misplaced(role, rules.UnitKind(unit.kind)):
        yield Refusal(
            "role_misplaced",
            Said("“%(role)s”不能在%(unit)s任职", role=rules.ROLES[role].label, unit=unit.name),
            meaning="this role has no place in a unit of that kind",
            field="unit",
        )
    yield from rules.unfit(role, officer.kind)
    for post in kept:
        if refusal := rules.parted(role, post.role):
            yield refusal


def check_can_appoint(
    by: Actor, *, officer: Officer, unit: Unit, role: str, start: date, end: date | None = None
) -> None:
    """A post is given by the system administrator, in a unit where it belongs, to somebody fit for it, and beside no
    post that must lie in other hands while both last. Raises Refused with every reason.
    """
    check_can_manage(by)
    meanwhile = officer.posts.exclude(valid_to__lt=start)
    if end is not None:
        meanwhile = meanwhile.exclude(valid_from__gt=end)
    if refusals := tuple(_post_refusals(officer, unit, role, meanwhile, by)):
        raise Refused(*refusals)


def can_appoint(
    by: Actor, *, officer: Officer, unit: Unit, role: str, start: date, end: date | None = None
) -> bool:
    return holds(lambda: check_can_appoint(by, officer=officer, unit=unit, role=role, start=start, end=end))
