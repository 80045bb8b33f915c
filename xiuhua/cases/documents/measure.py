"""How long a document takes, for the bench: medians after warm-up, asserted nowhere."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from statistics import median
from time import perf_counter

from xiuhua.cases.documents.as_docx import to_docx
from xiuhua.cases.documents.as_html import to_html
from xiuhua.cases.documents.as_pdf import to_pdf
from xiuhua.cases.documents.forms import Shelf
from xiuhua.cases.documents.render import Header, Paper, paper


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of one kind of document: filling the form, then each drawing of it."""

    kind: str
    paper_ms: float
    html_ms: float
    pdf_ms: float
    docx_ms: float


def measure(
    shelf: Shelf, file: Mapping[str, object], header: Header, on: str, *, repeat: int = 5
) -> tuple[Timing, ...]:
    """Every kind that has a form, from one case file; one run to warm up, then the median of `repeat`.

    Each run prints another document number, so that no drawing comes from a cache.
    """

    def fill(kind: str, run: int) -> Paper:
        return paper(shelf, kind, file, replace(header, number=str(run)), on=on)

    timings = []
    for kind in shelf.formed_kinds():
        papers = [fill(kind, run) for run in range(repeat + 1)]
        works = (
            partial(fill, kind),
            _drawing(to_html, papers),
            _drawing(_pdf, papers),
            _drawing(_docx, papers),
        )
        timings.append(Timing(kind, *(_median(work, repeat) for work in works)))
    return tuple(timings)


def _drawing(draw: Callable[[Paper], object], papers: Sequence[Paper]) -> Callable[[int], object]:
    return lambda run: draw(papers[run])


def _pdf(one: Paper) -> object:
    return to_pdf([one])


def _docx(one: Paper) -> object:
    return to_docx([one])


def _median(work: Callable[[int], object], repeat: int) -> float:
    """`work` gets the number of its run; run 0 warms up and does not count."""
    times = []
    for run in range(repeat + 1):
        start = perf_counter()
        work(run)
        times.append((perf_counter() - start) * 1000)
    return round(median(times[1:]), 2)
