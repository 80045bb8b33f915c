"""Guards of the annotation of a building in the property register (房屋注记). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from xiuhua.cases.procedure.file import File
from xiuhua.cases.procedure.guards.guard import Guard, Reads
from xiuhua.cases.procedure.guards.reading import block, come, matter, matter_step, rows, written
from xiuhua.cases.procedure.guards.remedies_side import fell_on
from xiuhua.cases.procedure.setting import Setting

FILE, FACTS = Reads.FILE, Reads.FACTS
ENDED = "annotation_released"


def gone_on(file: Mapping[str, Any]) -> str:
    """The day on which the unlawful state was gone: removed, corrected, or its decision fell; else empty."""
    correction = block(file, "correction")
    corrected = correction.get("rechecked_on") if correction.get("recheck_result") == "corrected" else ""
    return str(block(file, "demolition").get("removed_on") or corrected or fell_on(dict(file)) or "")


def named(file: File, setting: Setting) -> bool:
    """Which building, for what reason, on what basis, in which register; nothing that another note names already."""
    said = matter_step(file)
    whole = all(written(said.get(key)) for key in ("property", "reason", "basis", "register"))
    there = [row for row in rows(file, "annotations") if row.get("state") != ENDED]
    return whole and said["property"] not in [row.get("property") for row in there]


def stands(file: File, setting: Setting) -> bool:
    """What is unlawful was found and is not gone."""
    return written(block(file, "violation").get("place")) and not come(gone_on(file), setting.day)


def gone(file: File, setting: Setting) -> bool:
    return come(gone_on(file), setting.day)


def answered(file: File, setting: Setting) -> bool:
    """The register answered, no earlier than the letter went out."""
    said, sent = matter_step(file), matter(file).get("sent_on") or ""
    day = said.get("annotated_on") or ""
    return written(said.get("answer_no")) and come(day, setting.day) and "" < sent <= day


# fmt: off
GUARDS = (
    Guard("building_named", named, FACTS, "",
          "房屋、理由、依据、登记机构未写明，或者该房屋已在注记中",
          "Building, reason, basis and register are named, and no other note stands for the building."),
    Guard("unlawful_state_stands", stands, FILE, "",
          "违法状态已经消除，不得注记", "What is unlawful was found and is not gone."),
    Guard("unlawful_state_gone", gone, FILE, "",
          "违法状态尚未消除，不得解除注记", "It was removed or corrected, or the decision fell."),
    Guard("register_answered", answered, FACTS, "",
          "登记机构尚未回函", "The register answered after the letter went out."),
)
# fmt: on
