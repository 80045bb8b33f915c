"""The eight kinds of evidence, where it comes from, and what a file really is. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any


class EvidenceKind(StrEnum):
    """The eight kinds of PPL21 §46 (the same eight in the general procedure before)."""

    DOCUMENTARY = "documentary"
    PHYSICAL = "physical"
    AUDIO_VISUAL = "audio_visual"
    ELECTRONIC = "electronic"
    WITNESS_STATEMENT = "witness_statement"
    PARTY_STATEMENT = "party_statement"
    EXPERT_OPINION = "expert_opinion"
    SURVEY_OR_SCENE_RECORD = "survey_or_scene_record"


class Source(StrEnum):
    OFFICERS = "officers"
    PARTY = "party"
    WITNESS = "witness"
    OTHER_AGENCY = "other_agency"


EVIDENCE_KIND_LABELS = {
    EvidenceKind.DOCUMENTARY: "书证",
    EvidenceKind.PHYSICAL: "物证",
    EvidenceKind.AUDIO_VISUAL: "视听资料",
    EvidenceKind.ELECTRONIC: "电子数据",
    EvidenceKind.WITNESS_STATEMENT: "证人证言",
    EvidenceKind.PARTY_STATEMENT: "当事人的陈述",
    EvidenceKind.EXPERT_OPINION: "鉴定意见",
    EvidenceKind.SURVEY_OR_SCENE_RECORD: "勘验笔录、现场笔录",
}

SOURCE_LABELS = {
    Source.OFFICERS: "执法人员收集",
    Source.PARTY: "当事人提供",
    Source.WITNESS: "证人提供",
    Source.OTHER_AGENCY: "其他单位出具",
}

# Media type → how a file of that type begins, as (offset, bytes).
SIGNATURES: Mapping[str, tuple[tuple[int, bytes], ...]] = {
    "image/jpeg": ((0, b"\xff\xd8\xff"),),
    "image/png": ((0, b"\x89PNG\r\n\x1a\n"),),
    "image/gif": ((0, b"GIF8"),),
    "image/webp": ((0, b"RIFF"), (8, b"WEBP")),
    "image/heic": ((4, b"ftyphei"),),
    "application/pdf": ((0, b"%PDF-"),),
    "audio/wav": ((0, b"RIFF"), (8, b"WAVE")),
    "audio/mpeg": ((0, b"ID3"),),
    "video/x-msvideo": ((0, b"RIFF"), (8, b"AVI ")),
    "video/webm": ((0, b"\x1aE\xdf\xa3"),),
    "video/mp4": ((4, b"ftyp"),),
    "application/zip": ((0, b"PK\x03\x04"),),
}

IMAGES = frozenset(name for name in SIGNATURES if name.startswith("image/"))


def media_type_of(data: bytes) -> str:
    """What the bytes are by their first signs, whatever the file is called; empty for what is not taken."""
    for media_type, marks in SIGNATURES.items():
        if all(data[offset : offset + len(mark)] == mark for offset, mark in marks):
            return media_type
    return ""


def file_fault(data: bytes, allowed: frozenset[str] = frozenset(SIGNATURES)) -> str:
    """Why these bytes are no file that is taken; empty if they are one of the `allowed` media types."""
    if not data:
        return "文件是空的"
    if media_type_of(data) not in allowed:
        if allowed <= IMAGES:
            return "文件不是可识别的照片（JPEG、PNG、GIF、WebP、HEIC）"
        return "文件不是可识别的照片、录音、录像、PDF或ZIP"
    return ""


def faults(values: Mapping[str, Any], at: datetime, on: date) -> dict[str, str]:
    """Field → reason for what is wrong with an exhibit's facts at the moment `at` of the day `on`."""
    found: dict[str, str] = {}
    if values["kind"] not in set(EvidenceKind):
        found["kind"] = "证据种类应为法定八种之一"
    if values["source"] not in set(Source):
        found["source"] = "没有这种证据来源"
    if not values["name"].strip():
        found["name"] = "请填写证据名称"
    if values["captured_at"] is not None and values["captured_at"] > at:
        found["captured_at"] = "拍摄时间不能晚于现在"
    if values["collected_on"] > on:
        found["collected_on"] = "收集日期不能晚于今天"
    return found
