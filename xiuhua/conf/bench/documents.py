"""How long a document takes to be filled in and drawn as a page, PDF and DOCX, and a whole archive volume."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from xiuhua.cases.documents.measure import measure as timings
from xiuhua.cases.documents.measure import measure_volume
from xiuhua.cases.queries import Case, file_of, shelf
from xiuhua.cases.queries.papers import header_of
from xiuhua.conf.bench import bureau
from xiuhua.conf.bench.measure import Measure, spans
from xiuhua.simulation.year import Plan

PLAN = Plan(summary=0, ordinary=60)
# Milliseconds that one document, in any form, and a volume of LEAVES documents may take.
ONE, VOLUME, LEAVES = 150, 3000, 40


def measure() -> Sequence[Measure]:
    """Every kind of document from a closed case that went the whole road, and a volume of a thick case."""
    bureau.staffed(PLAN)
    bureau.bring_in(bureau.year(PLAN), workers=0)
    case = Case.objects.filter(state="closed", kinds="fine").latest("steps_taken")
    file = file_of(case)
    issued = case.documents.select_related("case", "step").get(kind="penalty_decision")
    header, on = header_of(issued, file), issued.issued_on.isoformat()
    found = timings(shelf(), file, header, on)
    figures = []
    for way in ("paper", "html", "pdf", "docx"):
        took = {timing.kind: getattr(timing, way) for timing in found}
        figures += spans(f"documents.{way}", [span for runs in took.values() for span in runs], ONE)
        slowest = max(took, key=lambda kind: median(took[kind]))
        worst = round(median(took[slowest]), 3)
        figures.append(Measure(f"documents.{way}.slowest", worst, "ms", len(took), note=slowest))
    bound = measure_volume(shelf(), file, header, on, leaves=LEAVES)
    return [*figures, *spans("documents.volume", bound, VOLUME, note=f"{LEAVES} documents")]
