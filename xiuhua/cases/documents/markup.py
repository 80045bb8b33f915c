"""From the text of a rendered form to blocks.

The marks a line may begin with:

    # title            ## heading            № document number        > addressee
    < paragraph without indent              plain text: a paragraph; lines that follow each other belong together
    | label | value | label | value          a row of a form, one to three pairs
    |+ label | value | signature line        a tall row with room to write; the signature line may be left out
    |: head*3 | head*1                       the heading of a list, with shares of the width
    |- cell | cell                           a row of that list
    问：question       答：answer            ~ place to sign | place to sign
    @ authority | day                        issuer and day, under the seal
    * note             % copies              ---- rule                ==== new page
    ▣ content of a square code | what stands beside it

`¶` breaks the line inside a paragraph or a cell. Before every line stands its origin (`1D file:line 1D`), put there
by the form loader; a line without origin is left over from a template statement and is skipped. An origin of
length nought is an empty line of the form, which ends a paragraph or a table.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby

from xiuhua.cases.documents.blocks import (
    Addressee,
    Block,
    Code,
    Copies,
    Facts,
    Heading,
    Line,
    Note,
    Number,
    PageBreak,
    Pair,
    Paragraph,
    Row,
    Rule,
    Seal,
    Signatures,
    Span,
    Speech,
    Table,
    Title,
    plain,
)
from xiuhua.cases.documents.facts import BREAK, CLOSE, MIDDLE, OPEN

ORIGIN = "\x1d"
_ORIGIN = re.compile(f"{ORIGIN}([^{ORIGIN}]*){ORIGIN}")
_FACT = re.compile(f"{OPEN}([^{MIDDLE}]*){MIDDLE}([^{CLOSE}]*){CLOSE}")
_CELL = re.compile(rf"\|(?![^{OPEN}{CLOSE}]*{CLOSE})")
_HEAD = re.compile(r"(.+?)\*(\d+)")
_MARKS = ("|+", "|:", "|-", "##", "#", "№", ">", "<", "|", "~", "@", "*", "%", "▣", "问：", "答：")
_BARE = ("====", "----")


class MarkupError(ValueError):
    """A line of a form that cannot be read, with its file and line."""

    def __init__(self, origin: str, reason: str) -> None:
        super().__init__(f"{origin}: {reason}")
        self.origin, self.reason = origin, reason


@dataclass(frozen=True, slots=True)
class _Source:
    origin: str
    mark: str
    text: str


def parse(text: str) -> tuple[Block, ...]:
    """The blocks of a rendered form. Raises MarkupError."""
    blocks: list[Block] = []
    for (group, _), sources in groupby(_grouped(text), key=lambda pair: pair[0]):
        blocks += _READERS[group]([source for _, source in sources])
    return tuple(blocks)


def _grouped(text: str) -> Iterable[tuple[tuple[str, int], _Source]]:
    """Each line under the key of the block it belongs to; the number parts blocks of one kind."""
    run, before = 0, ""
    for source in _sources(text):
        group = {"": "", "|": "facts", "|+": "facts", "|:": "table", "|-": "table"}.get(source.mark, "single")
        if not source.origin:
            before = "gap"
            continue
        if group != before or group == "single" or source.mark == "|:":
            run += 1
        before = group
        yield (group, run), source


def _sources(text: str) -> Iterable[_Source]:
    for rendered in text.split("\n"):
        origins = _ORIGIN.findall(rendered)
        line = _ORIGIN.sub("", rendered).strip()
        if line:
            yield _read_mark(origins[-1] if origins else "?", line)
        elif origins and not origins[-1]:
            yield _Source("", "", "")


def _read_mark(origin: str, line: str) -> _Source:
    if line in _BARE:
        return _Source(origin, line, "")
    for mark in _MARKS:
        if not line.startswith(mark):
            continue
        text = line[len(mark) :]
        if not text.strip():
            raise MarkupError(origin, f"nothing follows the mark {mark}")
        if mark not in ("问：", "答：") and not text.startswith(" "):
            raise MarkupError(origin, f"a space is missing after the mark {mark}")
        return _Source(origin, mark, text.strip())
    if line.startswith(("==", "--")):
        raise MarkupError(origin, f"a rule is ----, a new page ====, not {line}")
    return _Source(origin, "", line)


def _spans(text: str) -> Line:
    spans: list[Span] = []
    place = 0
    for found in _FACT.finditer(text):
        spans.append(Span(text[place : found.start()].replace("¶", "\n")))
        named = found[1]
        spans.append(
            Span(found[2].replace(BREAK, "\n"), named.removeprefix("?"), blank=named.startswith("?"))
        )
        place = found.end()
    spans.append(Span(text[place:].replace("¶", "\n")))
    return tuple(span for span in spans if span.text)


def _cells(source: _Source) -> list[str]:
    return [cell.strip() for cell in _CELL.split(source.text)]


def _paragraph(sources: list[_Source]) -> list[Block]:
    return _paragraphs("".join(source.text for source in sources), indent=True)


def _paragraphs(text: str, *, indent: bool) -> list[Block]:
    """A line break inside a paragraph, as in a fact of several lines, begins a new one."""
    written: list[list[Span]] = [[]]
    for span in _spans(text):
        first, *rest = span.text.split("\n")
        written[-1].append(Span(first, span.field, span.blank))
        written += [[Span(part, span.field, span.blank)] for part in rest]
    return [Paragraph(tuple(line), indent) for line in written if any(span.text for span in line)]


def _facts(sources: list[_Source]) -> list[Block]:
    return [Facts(tuple(_tall_row(source) if source.mark == "|+" else _row(source) for source in sources))]


def _row(source: _Source) -> Row:
    cells = _cells(source)
    if len(cells) not in (2, 4, 6):
        raise MarkupError(
            source.origin, f"a row has one to three pairs of label and value, not {len(cells)} cells"
        )
    pairs = zip(cells[::2], cells[1::2], strict=True)
    return Row(tuple(Pair(_spans(label), _spans(value)) for label, value in pairs))


def _tall_row(source: _Source) -> Row:
    cells = _cells(source)
    if len(cells) not in (2, 3):
        raise MarkupError(source.origin, "a tall row has a label, a value and at most a signature line")
    foot = _spans(cells[2]) if len(cells) == 3 else ()
    return Row((Pair(_spans(cells[0]), _spans(cells[1])),), tall=True, foot=foot)


def _table(sources: list[_Source]) -> list[Block]:
    first, *rest = sources
    if first.mark != "|:":
        raise MarkupError(first.origin, "a list begins with its heading |:")
    heads = [_HEAD.fullmatch(cell) for cell in _cells(first)]
    if None in heads:
        raise MarkupError(first.origin, "a heading names its share of the width: 序号*1")
    named = [(found[1], int(found[2])) for found in heads if found]
    for source in rest:
        if len(_cells(source)) != len(named):
            raise MarkupError(
                source.origin, f"the list has {len(named)} columns, this row {len(_cells(source))}"
            )
    rows = tuple(tuple(_spans(cell) for cell in _cells(source)) for source in rest)
    return [Table(tuple(_spans(name) for name, _ in named), tuple(share for _, share in named), rows)]


def _single(sources: list[_Source]) -> list[Block]:
    (source,) = sources
    if source.mark == "<":
        return _paragraphs(source.text, indent=False)
    return [_SINGLE[source.mark](source)]


def _seal(source: _Source) -> Block:
    cells = _cells(source)
    if len(cells) != 2:
        raise MarkupError(source.origin, "the seal line names the authority and the day")
    return Seal(_spans(cells[0]), _spans(cells[1]))


def _code(source: _Source) -> Block:
    cells = _cells(source)
    if len(cells) != 2:
        raise MarkupError(source.origin, "a code has its content and a line that stands beside it")
    return Code(_spans(cells[0]), _spans(cells[1]))


def _signatures(source: _Source) -> Block:
    places = tuple(_spans(cell) for cell in _cells(source))
    if not all(plain(place) for place in places):
        raise MarkupError(source.origin, "a place to sign has no name")
    return Signatures(places)


_SINGLE: dict[str, Callable[[_Source], Block]] = {
    "#": lambda source: Title(_spans(source.text)),
    "##": lambda source: Heading(_spans(source.text)),
    "№": lambda source: Number(_spans(source.text)),
    ">": lambda source: Addressee(_spans(source.text)),
    "问：": lambda source: Speech(True, _spans(source.text)),
    "答：": lambda source: Speech(False, _spans(source.text)),
    "~": _signatures,
    "@": _seal,
    "*": lambda source: Note(_spans(source.text)),
    "%": lambda source: Copies(_spans(source.text)),
    "▣": _code,
    "----": lambda _: Rule(),
    "====": lambda _: PageBreak(),
}
_READERS: dict[str, Callable[[list[_Source]], list[Block]]] = {
    "": _paragraph,
    "facts": _facts,
    "table": _table,
    "single": _single,
}
