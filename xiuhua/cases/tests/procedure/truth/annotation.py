"""Guards of the annotation of a building."""

from __future__ import annotations

from typing import Any

from xiuhua.cases.tests.procedure.truth.case import DAY, Case, no, yes

HOUSE = {"property": "示例路1号101室", "reason": "擅自搭建", "basis": "示例规定", "register": "示例登记中心"}
FOUND = {"place": "示例路1号"}


def says(before: dict[str, Any] | None = None, /, **block: Any) -> dict[str, Any]:
    return {"matter": "annotation", "annotation": before or {}, "step": {"annotation": block}}


CASES: tuple[Case, ...] = (
    yes("building_named", **says(**HOUSE)),
    yes("building_named", annotations=[{**HOUSE, "state": "annotation_released"}], **says(**HOUSE)),
    no("building_named", annotations=[{**HOUSE, "state": "annotated"}], **says(**HOUSE)),
    no("building_named", **says(**HOUSE | {"basis": " "})),
    no("building_named", **says()),
    yes("unlawful_state_stands", violation=FOUND),
    yes("unlawful_state_stands", violation=FOUND, demolition={"removed_on": "2023-05-17"}),
    no("unlawful_state_stands", violation=FOUND, demolition={"removed_on": DAY}),
    no(
        "unlawful_state_stands",
        violation=FOUND,
        correction={"recheck_result": "corrected", "rechecked_on": DAY},
    ),
    no("unlawful_state_stands"),
    yes("unlawful_state_gone", demolition={"removed_on": DAY}),
    yes("unlawful_state_gone", correction={"recheck_result": "corrected", "rechecked_on": DAY}),
    yes("unlawful_state_gone", annulment={"on": DAY}),
    no("unlawful_state_gone", correction={"recheck_result": "not_corrected", "rechecked_on": DAY}),
    no("unlawful_state_gone"),
    yes("register_answered", **says({"sent_on": "2023-05-10"}, annotated_on=DAY, answer_no="示例1")),
    no("register_answered", **says({"sent_on": "2023-05-10"}, annotated_on=DAY)),
    no("register_answered", **says({"sent_on": "2023-05-10"}, annotated_on="2023-05-09", answer_no="示例1")),
    no("register_answered", **says({"sent_on": "2023-05-10"}, annotated_on="2023-05-17", answer_no="示例1")),
    no("register_answered", **says(annotated_on=DAY, answer_no="示例1")),
)
