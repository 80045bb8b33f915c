"""Who may add exhibits, share them and use them; who runs stations and lets recordings go."""

from __future__ import annotations

from collections.abc import Iterable

from xiuhua.evidence.models import Destruction, Exhibit, Recording
from xiuhua.evidence.rules import keeping as rules
from xiuhua.kernel.authz import Actor, Refusal, Refused, holds

ADD = Refusal(
    "evidence_add_needed",
    "证据由执法人员依法收集，您的岗位不能加入证据",
    "PPL21 §46",
    "evidence is collected by enforcement officers; your post may not add any",
)
UNSEEN = Refusal(
    "exhibit_not_seen",
    "您的岗位看不到该证据",
    meaning="your post does not see this exhibit",
)
DOCK = Refusal(
    "evidence_dock_needed",
    "只有采集站可以登记接入的执法记录",
    meaning="only a collection station docks recordings",
)
ARCHIVE = Refusal(
    "evidence_archive_needed",
    "执法记录的保全解除、销毁审核和销毁由证据保管员办理",
    meaning="holds are lifted and recordings are let go by those who keep the evidence",
)
HANDS = Refusal(
    "three_hands",
    "提出、审核、销毁应由不同的人办理",
    meaning="author, reviewer and archivist are three people",
)
HOLD = Refusal(
    "evidence_hold_needed",
    "执法记录由办案、督察或者保管人员保全",
    meaning="recordings are held by those who work on them, oversee them or keep them",
)
UNSEEN_LIST = Refusal(
    "destruction_not_seen",
    "您的岗位看不到该销毁清单",
    meaning="your post does not see this list",
)
STATIONS = Refusal(
    "stations_needed",
    "采集站由系统管理员设立和停用",
    meaning="collection stations are opened and closed by the administrator of the system",
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
    check_can_see(exhibit, by)


def can_share(exhibit: Exhibit, by: Actor) -> bool:
    return holds(lambda: check_can_share(exhibit, by))


def check_can_see(exhibit: Exhibit, by: Actor) -> None:
    """Raises Refused for a post that does not see the exhibit."""
    if not by.is_system and not Exhibit.objects.visible(by).filter(pk=exhibit.pk).exists():
        raise Refused(UNSEEN)


def check_can_dock(by: Actor) -> None:
    """Raises Refused for anybody but a station."""
    if not by.can("evidence.dock"):
        raise Refused(DOCK)


def check_can_run_stations(by: Actor) -> None:
    """Raises Refused for anybody but the administrator of the system."""
    if not by.can("org.manage"):
        raise Refused(STATIONS)


def check_can_archive(by: Actor) -> None:
    """Raises Refused for a post that keeps no evidence."""
    if not by.can("cases.keep"):
        raise Refused(ARCHIVE)


def check_can_see_recording(recording: Recording, by: Actor) -> None:
    """Raises Refused for a post that does not see the recording."""
    check_can_see_recordings((recording,), by)


def check_can_see_recordings(recordings: Iterable[Recording], by: Actor) -> None:
    """Raises Refused for a post that does not see all of them."""
    keys = {row.pk for row in recordings}
    if not by.is_system and Recording.objects.visible(by).filter(pk__in=keys).count() < len(keys):
        raise Refused(UNSEEN)


def check_can_hold(by: Actor) -> None:
    """Raises Refused for a post that has nothing to do with recordings."""
    if not any(by.can(right) for right in ("evidence.add", "cases.work", "cases.keep", "oversight.review")):
        raise Refused(HOLD)


def can_hold(by: Actor) -> bool:
    return holds(lambda: check_can_hold(by))


def can_archive(by: Actor) -> bool:
    return holds(lambda: check_can_archive(by))


def _check_can_keep_list(destruction: Destruction, by: Actor) -> None:
    check_can_archive(by)
    if not by.is_system and not Destruction.objects.visible(by).filter(pk=destruction.pk).exists():
        raise Refused(UNSEEN_LIST)


def check_can_review_destruction(destruction: Destruction, by: Actor) -> None:
    """Who keeps the evidence, other than the author. Raises Refused."""
    _check_can_keep_list(destruction, by)
    if rules.hands_fault(destruction.proposed_by, by.user_id, None):
        raise Refused(HANDS)


def can_review_destruction(destruction: Destruction, by: Actor) -> bool:
    return holds(lambda: check_can_review_destruction(destruction, by))


def check_can_destroy(destruction: Destruction, by: Actor) -> None:
    """Who keeps the evidence, other than author and reviewer. Raises Refused."""
    _check_can_keep_list(destruction, by)
    if rules.hands_fault(destruction.proposed_by, destruction.reviewed_by, by.user_id):
        raise Refused(HANDS)


def can_destroy(destruction: Destruction, by: Actor) -> bool:
    return holds(lambda: check_can_destroy(destruction, by))
