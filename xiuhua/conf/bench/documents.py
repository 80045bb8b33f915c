"""How long a document takes to be filled in and drawn as a page, PDF and DOCX."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from xiuhua.cases.documents.measure import measure as timings
from xiuhua.cases.queries import Case, file_of, shelf
from xiuhua.cases.queries.papers import header_of
from xiuhua.conf.bench import bureau
from xiuhua.conf.bench.measure import Measure
from xiuhua.simulation.year import Plan

PLAN = Plan(summary=0, ordinary=60)


def measure() -> Sequence[Measure]:
    """Every kind of document from a closed case that went the whole road; medians over the kinds, and the slowest."""
    bureau.staffed(PLAN)
    bureau.bring_in(bureau.year(PLAN), workers=0)
    case = Case.objects.filter(state="closed", kinds="fine").latest("steps_taken")
    file = file_of(case)
    issued = case.documents.select_related("case", "step").get(kind="penalty_decision")
    found = timings(shelf(), file, header_of(issued, file), issued.issued_on.isoformat())
    figures = []
    for way in ("paper", "html", "pdf", "docx"):
        took = [getattr(timing, f"{way}_ms") for timing in found]
        slowest = max(found, key=lambda timing: float(getattr(timing, f"{way}_ms")))
        figures.append(Measure(f"documents.{way}.median", median(took), "ms", len(found)))
        figures.append(Measure(f"documents.{way}.slowest", max(took), "ms", len(found), note=slowest.kind))
    return figures
