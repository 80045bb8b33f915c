"""Who may add exhibits and share them."""

from __future__ import annotations

from xiuhua.evidence.models import Exhibit
from xiuhua.kernel.authz import Actor, Refusal, Refused, holds

ADD = Refusal(
    "evidence_add_needed",
    "证据由执法人员依法收集，您的岗位不能加入证据",
    "PPL21 §46",
    "evidence is collected by enforcement officers; your post may not add any",
)
UNSEEN = Refusal(
    "exhibit_not_seen",
    "您的岗位看不到该证据，不得共享",
    meaning="an exhibit that your post does not see cannot be shared by you",
)


def check_can_add(by: Actor) -> None:
    """Raises Refused for a post that collects no evidence."""
    if not by.can("evidence.add"):
        raise Refused(ADD)


def can_add(by: Actor) -> bool:
    return holds(lambda: check_can_add(by))


def check_can_share(exhibit: Exhibit, by: Actor) -> None:
    """An exhibit is shared by those who add evidence and see this one. Raises Refused."""
    check_can_add(by)
    if not by.is_system and not Exhibit.objects.visible(by).filter(pk=exhibit.pk).exists():
        raise Refused(UNSEEN)


def can_share(exhibit: Exhibit, by: Actor) -> bool:
    return holds(lambda: check_can_share(exhibit, by))
