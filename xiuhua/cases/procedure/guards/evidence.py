"""Evidence: the eight kinds and their form, and the special case of the automatic camera."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards.reading import come, evidence, people, rows, step_of
from xiuhua.cases.procedure.setting import Setting

# PPL21 §46.
KINDS = frozenset(
    {
        "documentary",
        "physical",
        "audio_visual",
        "electronic",
        "witness_statement",
        "party_statement",
        "expert_opinion",
        "survey_or_scene_record",
    }
)
MACHINE_MADE = frozenset({"audio_visual", "electronic"})
FROM_OTHERS = frozenset({"party", "witness", "other_agency"})


def lacking(item: Mapping[str, Any], collectors: int) -> frozenset[str]:
    """Keys of what an item of evidence lacks to be in due form; none if it is (PPL21 §46)."""
    kind = item.get("kind")
    found = {key for key in ("kind", "collected_on") if not item.get(key)}
    if kind not in KINDS:
        found.add("kind")
    if item.get("source") not in FROM_OTHERS and not people(item.get("collected_by"), collectors):
        found.add("collected_by")
    if item.get("is_copy") and not item.get("source_signed"):
        found.add("source_signed")
    if kind in MACHINE_MADE:
        found |= {key for key in ("sha256", "note") if not item.get(key)}
    if kind == "expert_opinion":
        found |= {key for key in ("expert_qualification_no", "told_party_on") if not item.get(key)}
    return frozenset(found)


def formal(file: File, setting: Setting) -> bool:
    """Every relied item has its kind, day, collectors or source; a copy is signed by its owner, a recording has
    its hash and note, an expert opinion its qualification and was told to the party."""
    enough = setting.params["min_officers"]
    return not any(lacking(item, enough) for item in evidence(file) if item.get("relied_on"))


def _shots(items: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [item for item in items if item.get("from_auto_camera")]


def _before_capture(file: File, name: str) -> bool:
    """Each camera item that the step brings in has `name` on or before the day of its capture."""
    shots = _shots(rows(step_of(file), "evidence"))
    return bool(shots) and all(_in_time(shot, name) for shot in shots)


def _in_time(shot: Mapping[str, Any], name: str) -> bool:
    return come(shot.get(name), (shot.get("captured_at") or "")[:10])


def device_legal_reviewed(file: File, setting: Setting) -> bool:
    return _before_capture(file, "device_legal_review_on")


def device_technically_reviewed(file: File, setting: Setting) -> bool:
    return _before_capture(file, "device_technical_review_on")


def device_published(file: File, setting: Setting) -> bool:
    return _before_capture(file, "device_published_on")


def content_reviewed(file: File, setting: Setting) -> bool:
    shots = _shots(rows(step_of(file), "evidence"))
    return bool(shots) and all(come(s.get("record_reviewed_on"), setting.day) for s in shots)


def machine_valid(file: File, setting: Setting) -> bool:
    """Every relied camera item passed the reviews of the equipment before the capture, and its own since."""
    return all(
        _in_time(shot, "device_legal_review_on")
        and _in_time(shot, "device_technical_review_on")
        and _in_time(shot, "device_published_on")
        and come(shot.get("record_reviewed_on"), setting.day)
        for shot in _shots(evidence(file))
        if shot.get("relied_on")
    )
