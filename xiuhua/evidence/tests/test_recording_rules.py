"""What a station says of recordings, what their names tell, and which files are wanted."""

from __future__ import annotations

import csv
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings

from xiuhua.evidence.rules import recordings as rules

AT = datetime(2026, 5, 13, 12, tzinfo=UTC)
SAID = rules.Manifest(
    "a.mp4", 5, "a" * 64, "b" * 64, "video/mp4", started_at=AT - timedelta(hours=1), ended_at=AT
)
NAMES = settings.BASE_DIR / "reference" / "recording_names.csv"


def known() -> list[dict[str, str]]:
    with NAMES.open(encoding="utf-8") as table:
        return list(csv.DictReader(table))


PATTERNS = [rules.NamePattern(row["code"], row["pattern"], row["time_format"]) for row in known()]


@pytest.mark.parametrize("row", known(), ids=lambda row: row["code"])
def test_each_pattern_reads_its_own_example_and_says_where_it_comes_from(row: dict[str, str]) -> None:
    assert re.fullmatch(row["pattern"], row["example"])
    assert rules.parse(row["example"], PATTERNS, UTC)["started_at"] == datetime(
        2026, 5, 13, 8, 15, tzinfo=UTC
    )
    assert row["source"]
    assert row["certainty"] in ("design", "unverified", "read", "checked", "memory")


def test_a_name_tells_recorder_officer_and_mark() -> None:
    assert rules.parse("0000123_100045_20260513081500_0001_IMP.mp4", PATTERNS, UTC) == {
        "recorder_no": "0000123",
        "officer_no": "100045",
        "started_at": datetime(2026, 5, 13, 8, 15, tzinfo=UTC),
        "important": True,
    }


@pytest.mark.parametrize(
    "name",
    ["", "holiday.mp4", "0000123_100045_20261399081500_0001.mp4", "x0000123_100045_20260513081500_0001.mp4"],
)
def test_a_name_of_another_form_tells_nothing(name: str) -> None:
    assert rules.parse(name, PATTERNS, UTC) == {}


def test_a_manifest_in_order_has_no_fault() -> None:
    assert rules.manifest_faults(SAID, AT) == {}
    assert rules.manifest_faults(replace(SAID, started_at=None, ended_at=None), AT) == {}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"sha256": "A" * 64}, "sha256"),
        ({"sm3": "b" * 63}, "sm3"),
        ({"size": 0}, "size"),
        ({"file_name": " "}, "file_name"),
        ({"ended_at": AT - timedelta(hours=2)}, "ended_at"),
        ({"started_at": AT + timedelta(minutes=6), "ended_at": None}, "started_at"),
    ],
)
def test_a_manifest_that_cannot_be_is_refused(change: dict[str, object], field: str) -> None:
    assert list(rules.manifest_faults(replace(SAID, **change), AT)) == [field]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("policy", "important", "asked", "wanted"),
    [
        ("all", False, False, True),
        ("important", True, False, True),
        ("important", False, False, False),
        ("important", False, True, True),
        ("asked", True, False, False),
        ("asked", True, True, True),
    ],
)
def test_a_file_is_wanted_by_policy_mark_or_question(
    policy: str, important: bool, asked: bool, wanted: bool
) -> None:
    assert rules.wanted(policy, important=important, asked=asked) is wanted


def test_bytes_that_are_not_those_of_the_manifest_are_told_apart() -> None:
    said = {"sha256": "a", "sm3": "b", "size": 5}
    assert rules.file_faults(said, "a", "b", 5) == []
    assert rules.file_faults(said, "x", "y", 6) == ["SHA-256", "SM3", "大小"]
