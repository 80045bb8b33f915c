"""The parts a statutory document is made of, the same for every renderer.

A `Line` is a run of spans. A span that shows a fact of the case names its field in the case snapshot
(`notice.planned_fine`), so a page can mark the place that a form field feeds. A span text may hold line breaks.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text. `field` is empty for the wording of the form itself; `blank` means the fact is not known."""

    text: str
    field: str = ""
    blank: bool = False


Line = tuple[Span, ...]


def plain(line: Line) -> str:
    """The characters of a line without the fields."""
    return "".join(span.text for span in line)


@dataclass(frozen=True, slots=True)
class Title:
    text: Line


@dataclass(frozen=True, slots=True)
class Number:
    """The document number, set to the right below the title."""

    text: Line


@dataclass(frozen=True, slots=True)
class Addressee:
    text: Line


@dataclass(frozen=True, slots=True)
class Heading:
    text: Line


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Body text; `indent` is the two characters at the start of the first line."""

    text: Line
    indent: bool = True


@dataclass(frozen=True, slots=True)
class Speech:
    """One question (`asked`) or one answer of a record."""

    asked: bool
    text: Line


@dataclass(frozen=True, slots=True)
class Pair:
    label: Line
    value: Line


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a form: one to three pairs. A tall row leaves room to write; `foot` is its signature line."""

    pairs: tuple[Pair, ...]
    tall: bool = False
    foot: Line = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """A form table of labels and values."""

    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A list with a heading row; `widths` are shares of the line."""

    head: tuple[Line, ...]
    widths: tuple[int, ...]
    rows: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class Signatures:
    """Places to sign, side by side."""

    places: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Seal:
    """Who issues and on which day, with the place of the seal over both."""

    authority: Line
    day: Line


@dataclass(frozen=True, slots=True)
class Note:
    text: Line


@dataclass(frozen=True, slots=True)
class Copies:
    text: Line


@dataclass(frozen=True, slots=True)
class Code:
    """A square code that a machine reads, and the line beside it that says what is in it."""

    content: Line
    text: Line


@dataclass(frozen=True, slots=True)
class Rule:
    pass


@dataclass(frozen=True, slots=True)
class PageBreak:
    pass


Block = (
    Title
    | Number
    | Addressee
    | Heading
    | Paragraph
    | Speech
    | Facts
    | Table
    | Signatures
    | Seal
    | Note
    | Copies
    | Code
    | Rule
    | PageBreak
)


def lines(block: Block) -> tuple[Line, ...]:
    """Every line of a block in reading order; empty for a rule or a page break."""
    match block:
        case Rule() | PageBreak():
            return ()
        case Facts(rows):
            return tuple(line for row in rows for line in _row_lines(row))
        case Table(head, _, rows):
            return head + tuple(cell for row in rows for cell in row)
        case Signatures(places):
            return places
        case Seal(authority, day):
            return (authority, day)
        case _:
            return (block.text,)


def _row_lines(row: Row) -> tuple[Line, ...]:
    pairs = tuple(line for pair in row.pairs for line in (pair.label, pair.value))
    return (*pairs, row.foot) if row.foot else pairs
