"""How long documents and volumes take, for the bench: spans after warm-up, asserted nowhere."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from time import perf_counter

from xiuhua.cases.documents.as_docx import to_docx
from xiuhua.cases.documents.as_html import to_html
from xiuhua.cases.documents.as_pdf import to_pdf
from xiuhua.cases.documents.forms import Shelf
from xiuhua.cases.documents.render import Header, Paper, paper
from xiuhua.cases.documents.volume import Leaf, bind, contents, page_count

INDEX = "archive_index"


@dataclass(frozen=True, slots=True)
class Timing:
    """Milliseconds of one kind of document, one for each run: filling the form, then each drawing of it."""

    kind: str
    paper: tuple[float, ...]
    html: tuple[float, ...]
    pdf: tuple[float, ...]
    docx: tuple[float, ...]


def measure(
    shelf: Shelf, file: Mapping[str, object], header: Header, on: str, *, repeat: int = 5
) -> tuple[Timing, ...]:
    """Every kind that has a form, from one case file; one run to warm up, then `repeat`.

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
        timings.append(Timing(kind, *(_spans(work, repeat) for work in works)))
    return tuple(timings)


def measure_volume(
    shelf: Shelf, file: Mapping[str, object], header: Header, on: str, *, leaves: int = 40, repeat: int = 5
) -> tuple[float, ...]:
    """Milliseconds of a whole volume: filling `leaves` documents and the index, and printing them as one PDF.

    The kinds are taken in the order of the archive; each run prints other numbers.
    """
    kinds = [kind for kind in shelf.formed_kinds() if kind != INDEX]

    def bound(run: int) -> object:
        drawn = [
            Leaf(
                shelf.kinds[kind].label_zh,
                paper(shelf, kind, file, numbered(run, place), on=on),
                str(place),
                on,
            )
            for place, kind in ((place, kinds[place % len(kinds)]) for place in range(leaves))
        ]
        archive = {"archived_on": on, "contents": contents(drawn), "page_count": page_count()}
        return bind(paper(shelf, INDEX, {**file, "archive": archive}, header, on=on), drawn)

    def numbered(run: int, place: int) -> Header:
        return replace(header, number=f"{run}-{place}")

    return _spans(bound, repeat)


def _drawing(draw: Callable[[Paper], object], papers: Sequence[Paper]) -> Callable[[int], object]:
    return lambda run: draw(papers[run])


def _pdf(one: Paper) -> object:
    return to_pdf([one])


def _docx(one: Paper) -> object:
    return to_docx([one])


def _spans(work: Callable[[int], object], repeat: int) -> tuple[float, ...]:
    """`work` gets the number of its run; run 0 warms up and does not count."""
    times = []
    for run in range(repeat + 1):
        start = perf_counter()
        work(run)
        times.append((perf_counter() - start) * 1000)
    return tuple(times[1:])
