"""What changed in the law, and which of one's open cases it touches, in which way."""

from __future__ import annotations

from django.http import HttpResponse

from xiuhua.cases.queries import touched
from xiuhua.web.frame import ranges
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.http import Request, in_english, show
from xiuhua.web.frame.parts import State
from xiuhua.web.law import labels, words

# More cases than these of one change are counted, and opened through the list.
SHOWN = 40


@in_room("law", "cases.see")
def changes(request: Request) -> HttpResponse:
    found = touched.recent(request.actor, request.today, SHOWN)
    cases = {key for one in found for key in one.keys}
    context = {
        "found": [_shown(one) for one in found],
        "cases": len(cases),
        "years": touched.LOOK_BACK_YEARS,
    }
    return show(request, "web/law/changes.html", context)


def _shown(one: touched.Touched) -> dict[str, object]:
    change = one.change
    return {
        "change": change,
        "before": _said(change.before),
        "after": _said(change.after),
        "label": change.label_en if in_english() else change.label,
        "is_cause": change.file != "parameters.csv" and change.key != "*",
        "ground": change.ground,
        "cases": [(case, _state(way.value)) for case, way in one.cases],
        "more": len(one.keys) - len(one.cases),
        "n": len(one.keys),
    }


def _said(text: str) -> str:
    """A value or range of the table in words: `5 working_day`, `5,000–50,000 yuan R`; nothing where nothing was."""
    value, _blank, unit = text.removesuffix(" R").rpartition(" ")
    if not value or value == "—":
        return ""
    said = f"{value} {_counted(unit)}" if "–" in value else words.value(value, unit)
    return f"{said}，{words.ONLY_REFUSAL}" if text.endswith(" R") else said


def _counted(unit: str) -> str:
    return "%" if unit == "percent" else ranges.unit(unit)


def _state(way: str) -> State:
    label, tone = labels.WAYS[way]
    return State(str(label), tone)
