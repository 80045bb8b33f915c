"""Kinds, sources, times, and files that are what they say."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from xiuhua.evidence import rules
from xiuhua.registers.tests.bureau import AT, TODAY

GOOD: dict[str, Any] = {
    "kind": "audio_visual",
    "source": "officers",
    "name": "现场照片",
    "captured_at": AT,
    "collected_on": TODAY,
}

FILES = {
    "image/jpeg": b"\xff\xd8\xff\xe0rest",
    "image/png": b"\x89PNG\r\n\x1a\nrest",
    "image/gif": b"GIF89arest",
    "image/webp": b"RIFF0000WEBPrest",
    "image/heic": b"\0\0\0\x18ftypheicrest",
    "application/pdf": b"%PDF-1.7",
    "audio/wav": b"RIFF0000WAVErest",
    "audio/mpeg": b"ID3\x04rest",
    "video/x-msvideo": b"RIFF0000AVI rest",
    "video/webm": b"\x1aE\xdf\xa3rest",
    "video/mp4": b"\0\0\0\x18ftypisomrest",
    "application/zip": b"PK\x03\x04rest",
}


def test_there_are_eight_kinds() -> None:
    assert len(rules.EvidenceKind) == len(rules.EVIDENCE_KIND_LABELS) == 8


def test_every_file_that_is_taken_has_an_example_here() -> None:
    assert set(FILES) == set(rules.SIGNATURES)


@pytest.mark.parametrize(("media_type", "data"), FILES.items())
def test_a_file_is_known_by_its_first_signs(media_type: str, data: bytes) -> None:
    assert rules.media_type_of(data) == media_type
    assert rules.file_fault(data) == ""
    assert (rules.file_fault(data, rules.IMAGES) == "") is media_type.startswith("image/")


@pytest.mark.parametrize("data", [b"", b"MZ\x90", b"<svg/>", b"<html>", b"RIFF", b"\xff\xd8"])
def test_anything_else_is_refused(data: bytes) -> None:
    assert rules.media_type_of(data) == ""
    assert rules.file_fault(data)
    assert rules.file_fault(data, rules.IMAGES)


def test_good_facts_have_no_fault() -> None:
    assert rules.faults(GOOD, AT, TODAY) == {}
    assert rules.faults({**GOOD, "captured_at": None}, AT, TODAY) == {}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "hearsay"}, "kind"),
        ({"source": "somebody"}, "source"),
        ({"name": " "}, "name"),
        ({"captured_at": AT + timedelta(minutes=1)}, "captured_at"),
        ({"collected_on": TODAY + timedelta(days=1)}, "collected_on"),
    ],
)
def test_what_is_wrong_names_the_field(change: dict[str, Any], field: str) -> None:
    assert list(rules.faults({**GOOD, **change}, AT, TODAY)) == [field]
