"""Who somebody is at a moment: a login with the posts its officer holds that day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from xiuhua.kernel import clock
from xiuhua.kernel.authz import NOBODY, SYSTEM, Actor, Grant
from xiuhua.org import rules
from xiuhua.org.models import AuthorityRow, Post, User, valid_on

# Units that decide in their own name.
_OWN_NAME = frozenset({rules.UnitKind.BUREAU, rules.UnitKind.TOWN_GOVERNMENT})


def system_actor() -> Actor:
    """The system itself: timers, loaders, the demo."""
    return SYSTEM


def actor_for(user: User, at: datetime) -> Actor:
    """`user` with the rights of the posts held on the day of `at`; nobody if the account is disabled.

    At most two queries, nothing kept between calls: a post that ended or an account that was disabled counts at once.
    Every request asks this, so only the columns that are needed are read.
    """
    if not user.is_active:
        return NOBODY
    day = clock.day_of(at)
    posts = [
        _Held(*row)
        for row in Post.objects.filter(valid_on(day), officer=user.officer_id)
        .order_by("pk")
        .values_list(*_READ)
    ]
    if not posts:
        return Actor(name=user.officer.name, user_id=user.pk, officer_id=user.officer_id)
    names = _names_acted_in(posts, day)
    return Actor(
        name=posts[0].officer_name,
        user_id=user.pk,
        officer_id=user.officer_id,
        unit_id=posts[0].unit_id,
        unit_code=posts[0].unit_code,
        grants=tuple(_grant(post, names.get(post.unit_id)) for post in posts),
    )


class _Held(NamedTuple):
    """A post as it is read: in the order of `_READ`."""

    role: str
    officer_name: str
    unit_id: int
    unit_code: str
    unit_kind: str
    parent_id: int | None


_READ = ("role", "officer__name", "unit_id", "unit__code", "unit__kind", "unit__parent_id")


def _grant(post: _Held, authority_id: int | None) -> Grant:
    role = rules.ROLES[post.role]
    return Grant(role.id, post.unit_id, authority_id, role.permissions, role.reach)


def _names_acted_in(posts: Sequence[_Held], day: date) -> dict[int, int]:
    """Unit → in whose name it acts on `day`: its own, its parent's for a desk, by the matrix for a squad."""
    names: dict[int, int] = {}
    handling = []
    for post in posts:
        if post.unit_kind in rules.HANDLING_KINDS:
            handling.append(post.unit_id)
        elif post.unit_kind in _OWN_NAME:
            names[post.unit_id] = post.unit_id
        elif post.parent_id is not None:
            names[post.unit_id] = post.parent_id
    if handling:
        rows = AuthorityRow.objects.filter(valid_on(day), unit__in=handling)
        read = rows.values_list("cause_group", "valid_from", "pk", "unit_id", "authority_id")
        # The row for all causes is the unit's name; it is written last and stays.
        ordered = sorted(read, key=lambda r: (r[0] == "*", r[1], r[2]))
        names |= {unit_id: authority_id for *_order, unit_id, authority_id in ordered}
    return names
