"""Who somebody is at a moment: a login with the posts its officer holds that day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from xiuhua.kernel import clock
from xiuhua.kernel.authz import NOBODY, SYSTEM, Actor, Grant
from xiuhua.org import rules
from xiuhua.org.models import AuthorityRow, Post, Unit, User, valid_on

# Units that decide in their own name.
_OWN_NAME = frozenset({rules.UnitKind.BUREAU, rules.UnitKind.TOWN_GOVERNMENT})


def system_actor() -> Actor:
    """The system itself: timers, loaders, the demo."""
    return SYSTEM


def actor_for(user: User, at: datetime) -> Actor:
    """`user` with the rights of the posts held on the day of `at`; nobody if the account is disabled.

    At most two queries, nothing kept between calls: a post that ended or an account that was disabled counts at once.
    """
    if not user.is_active:
        return NOBODY
    day = clock.day_of(at)
    posts = list(
        Post.objects.filter(valid_on(day), officer=user.officer_id)
        .select_related("unit", "officer")
        .order_by("pk")
    )
    if not posts:
        return Actor(name=user.officer.name, user_id=user.pk, officer_id=user.officer_id)
    names = _names_acted_in([p.unit for p in posts], day)
    return Actor(
        name=posts[0].officer.name,
        user_id=user.pk,
        officer_id=user.officer_id,
        unit_id=posts[0].unit_id,
        unit_code=posts[0].unit.code,
        grants=tuple(_grant(post, names.get(post.unit_id)) for post in posts),
    )


def _grant(post: Post, authority_id: int | None) -> Grant:
    role = rules.ROLES[post.role]
    return Grant(role.id, post.unit_id, authority_id, role.permissions, role.reach)


def _names_acted_in(units: Sequence[Unit], day: date) -> dict[int, int]:
    """Unit → in whose name it acts on `day`: its own, its parent's for a desk, by the matrix for a squad."""
    names: dict[int, int] = {}
    handling = []
    for unit in units:
        if unit.kind in rules.HANDLING_KINDS:
            handling.append(unit.pk)
        elif unit.kind in _OWN_NAME:
            names[unit.pk] = unit.pk
        elif unit.parent_id is not None:
            names[unit.pk] = unit.parent_id
    if handling:
        rows = AuthorityRow.objects.filter(valid_on(day), unit__in=handling)
        # The row for all causes is the unit's name; it is written last and stays.
        ordered = sorted(rows, key=lambda r: (r.cause_group == "*", r.valid_from, r.pk))
        names |= {row.unit_id: row.authority_id for row in ordered}
    return names
