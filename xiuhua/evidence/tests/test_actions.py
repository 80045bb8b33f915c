"""An exhibit is added once, with its hash, and seen by those it concerns."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import pytest

from xiuhua.evidence import actions, permissions, queries
from xiuhua.evidence.models import Exhibit, Shared
from xiuhua.evidence.tests.test_rules import FILES
from xiuhua.kernel import files, record
from xiuhua.kernel.authz import NOBODY, SYSTEM, Actor, Invalid, Refused
from xiuhua.kernel.models import OutsideAction, RecordEntry, StoredFile
from xiuhua.org.rules import ROLES
from xiuhua.registers.tests.bureau import AT, Bureau

pytestmark = pytest.mark.django_db
PHOTO = FILES["image/jpeg"]
SHA256 = hashlib.sha256(PHOTO).hexdigest()


def photo(by: Actor, **more: Any) -> Exhibit:
    values = {"kind": "audio_visual", "name": "现场照片", "data": PHOTO, **more}
    return actions.add(by=by, at=AT, **values)


def test_an_exhibit_keeps_its_bytes_and_says_who_collected_it(bureau: Bureau) -> None:
    officer = bureau.officer()
    exhibit = photo(
        bureau.actor("officer"),
        captured_at=AT - timedelta(hours=1),
        collected_by=[officer],
        device_id="示例001",
        place="示例路",
    )
    assert queries.evidence_block(exhibit) == {
        "id": str(exhibit.pk),
        "kind": "audio_visual",
        "name": "现场照片",
        "source": "officers",
        "collected_on": "2026-05-13",
        "collected_by": [str(officer.pk)],
        "captured_at": "2026-05-13T08:00",
        "device_id": "示例001",
        "place": "示例路",
        "sha256": SHA256,
    }
    with files.open_(SHA256) as kept:
        assert kept.read() == PHOTO
    assert SHA256 in RecordEntry.objects.get(verb="evidence.add").facts


def test_a_thing_has_no_file_and_a_kept_file_is_taken_as_it_is(bureau: Bureau) -> None:
    by = bureau.actor("officer")
    thing = actions.add(kind="physical", name="示例秤", by=by, at=AT, carrier="示例仓库")
    assert "sha256" not in queries.evidence_block(thing)
    first = photo(by)
    assert photo(by, data=None, file=first.file).file == first.file
    assert StoredFile.objects.count() == 1


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"kind": "hearsay"}, "kind"),
        ({"name": ""}, "name"),
        ({"source": "nobody"}, "source"),
        ({"data": b""}, "data"),
        ({"data": b"MZ"}, "data"),
        ({"captured_at": AT + timedelta(seconds=1)}, "captured_at"),
        ({"collected_on": AT.date() + timedelta(days=1)}, "collected_on"),
    ],
)
def test_bad_input_names_the_field_and_leaves_nothing(
    bureau: Bureau, more: dict[str, Any], field: str
) -> None:
    by = bureau.actor("officer")
    entries = RecordEntry.objects.count()
    with pytest.raises(Invalid) as told:
        photo(by, **more)
    assert list(told.value.errors) == [field]
    assert not Exhibit.objects.exists()
    assert not StoredFile.objects.exists()
    assert RecordEntry.objects.count() == entries


def test_the_system_must_say_for_which_unit(bureau: Bureau) -> None:
    with pytest.raises(Invalid) as told:
        photo(SYSTEM)
    assert list(told.value.errors) == ["unit"]
    assert photo(SYSTEM, unit=bureau.east).unit == bureau.east


def test_an_exhibit_is_never_changed_even_inside_an_act(bureau: Bureau) -> None:
    exhibit = photo(bureau.actor("officer"))
    exhibit.note = "改"
    with record.act("示例", by=SYSTEM, at=AT) as act:
        act.entry(on=exhibit, facts={})
        with pytest.raises(OutsideAction):
            exhibit.save()
        with pytest.raises(OutsideAction):
            Exhibit.objects.update(note="改")
        with pytest.raises(OutsideAction):
            exhibit.delete()


SEES_OWN_UNIT = {"officer", "squad_legal_clerk", "squad_head"}
SEES_SHARED = {
    "case_centre_reviewer",
    "legal_reviewer",
    "bureau_head",
    "bureau_deputy_head",
    "hearing_host",
}
SEES_ALL = {"evidence_custodian", "supervision_inspector", "file_reviewer"}


@pytest.mark.parametrize("role", sorted(ROLES))
def test_every_role_sees_exactly_the_exhibits_it_should(bureau: Bureau, role: str) -> None:
    by = bureau.actor("officer")
    own, shared = photo(by), photo(by, shared_with=[bureau.top, bureau.east])
    expected: set[Exhibit] = set()
    if role in SEES_OWN_UNIT | SEES_ALL:
        expected = {own, shared}
    elif role in SEES_SHARED:
        expected = {shared}
    assert set(queries.exhibits(bureau.actor(role))) == expected


def test_others_see_nothing_until_it_is_shared_with_them(bureau: Bureau) -> None:
    by, other = bureau.actor("officer"), bureau.actor("officer", bureau.west)
    exhibit = photo(by)
    assert not queries.exhibits(other).exists()
    assert not queries.exhibits(NOBODY).exists()
    actions.share(exhibit=exhibit, unit=bureau.west, by=by, at=AT)
    actions.share(exhibit=exhibit, unit=bureau.west, by=by, at=AT)
    actions.share(exhibit=exhibit, unit=bureau.east, by=by, at=AT)
    assert queries.exhibits(other).get() == exhibit
    assert Shared.objects.count() == 1


def test_what_is_not_seen_is_not_shared(bureau: Bureau) -> None:
    exhibit = photo(bureau.actor("officer"))
    stranger = bureau.actor("officer", bureau.west)
    assert not permissions.can_share(exhibit, stranger)
    assert permissions.can_share(exhibit, bureau.actor("squad_head"))
    with pytest.raises(Refused):
        actions.share(exhibit=exhibit, unit=bureau.west, by=stranger, at=AT)
    assert not Shared.objects.exists()


@pytest.mark.parametrize("role", sorted(set(ROLES) - SEES_OWN_UNIT - {"brigade_head"}))
def test_roles_that_collect_no_evidence_add_none(bureau: Bureau, role: str) -> None:
    by = bureau.actor(role)
    assert not permissions.can_add(by)
    with pytest.raises(Refused) as told:
        photo(by)
    assert told.value.refusals[0].ground == "PPL21 §46"
    assert not Exhibit.objects.exists()


def test_those_who_work_cases_may_add(bureau: Bureau) -> None:
    assert permissions.can_add(bureau.actor("officer"))
    assert permissions.can_share(photo(SYSTEM, unit=bureau.west), SYSTEM)
