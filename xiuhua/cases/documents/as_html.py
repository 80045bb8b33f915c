"""A document as HTML for the preview: the classes of the `.a4` sheet, no styles, everything escaped.

A fact is `<u data-field="notice.planned_fine">`, an unknown one has the class `is-blank`.
"""

from base64 import b64encode
from html import escape

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
from xiuhua.cases.documents.code import svg
from xiuhua.cases.documents.render import Paper, Stamp
from xiuhua.cases.documents.signers import line_stamps, places, seal_of

_COLUMNS = 12
_LABEL = 2


def to_html(paper: Paper) -> str:
    """One `<article class="a4">`."""
    parts: list[str] = []
    head = _head(paper)
    for block in paper.blocks:
        parts.append(_block(block, paper, head))
        if isinstance(block, Title):
            head = ""
    layout = "is-" + paper.form.layout
    return f'<article class="a4 {layout}" lang="zh-Hans" aria-label="{escape(paper.title)}">{"".join(parts)}</article>'


def _head(paper: Paper) -> str:
    if paper.form.head == "none":
        return ""
    name = paper.header.authority_name if paper.form.issuer == "authority" else paper.header.unit_name
    red = ' class="is-red"' if paper.form.head == "red" else ""
    return f"<b{red}>{escape(name or paper.header.authority_name)}</b>"


def _block(block: Block, paper: Paper, head: str) -> str:
    match block:
        case Title(text):
            return f"<header>{head}<strong>{_line(text)}</strong></header>"
        case Number(text):
            return f'<p class="right">{_line(text)}</p>'
        case Addressee(text) | Paragraph(text, False):
            return f'<p class="flat">{_line(text)}</p>'
        case Heading(text):
            return f"<h3>{_line(text)}</h3>"
        case Paragraph(text):
            return f"<p>{_line(text)}</p>"
        case Speech(asked, text):
            word, name = ("问", "ask") if asked else ("答", "answer")
            return f'<p class="flat {name}"><b>{word}：</b>{_line(text)}</p>'
        case Facts(rows):
            body = "".join(_row(paper, row) for row in rows)
            return f'<table class="a4-form">{_columns()}<tbody>{body}</tbody></table>'
        case Table():
            return _list(block)
        case Signatures():
            signed = (f"<span>{_line(one.label)}：{_image(one.stamp)}</span>" for one in places(paper, block))
            return f'<p class="flat sign">{"".join(signed)}</p>'
        case Seal():
            return _seal(block, paper)
        case Note(text) | Copies(text):
            return f'<p class="flat note">{_line(text)}</p>'
        case Code(content, text):
            return f'<div class="coded">{svg(plain(content))}<p class="flat note">{_line(text)}</p></div>'
        case Rule():
            return "<hr>"
        case PageBreak():
            return '<hr class="page-break">'


def _columns() -> str:
    return "<colgroup>" + "<col>" * _COLUMNS + "</colgroup>"


def _row(paper: Paper, row: Row) -> str:
    """Two of twelve columns for a label; the values share the rest."""
    width = _COLUMNS // len(row.pairs) - _LABEL
    cells = "".join(
        f'<th scope="row" colspan="{_LABEL}">{_line(pair.label)}</th>'
        f'<td colspan="{width}">{_line(pair.value)}{_foot(paper, row)}</td>'
        for pair in row.pairs
    )
    return f'<tr class="is-tall">{cells}</tr>' if row.tall else f"<tr>{cells}</tr>"


def _foot(paper: Paper, row: Row) -> str:
    images = "".join(map(_image, line_stamps(paper, row.foot)))
    return f'<span class="foot">{_line(row.foot)}{images}</span>' if row.foot else ""


def _image(stamp: Stamp | None, name: str = "signature") -> str:
    """The image in the page itself, so that a preview asks for nothing else; its entry stands beside it."""
    if stamp is None:
        return ""
    data = b64encode(stamp.image.read_bytes()).decode()
    return f'<img class="{name}" alt="" src="data:image/png;base64,{data}"><small>记录{stamp.entry}</small>'


def _list(table: Table) -> str:
    cols = "".join(f'<col class="w{round(12 * width / sum(table.widths))}">' for width in table.widths)
    head = "".join(f'<th scope="col">{_line(cell)}</th>' for cell in table.head)
    body = "".join(
        "<tr>" + "".join(f"<td>{_line(cell)}</td>" for cell in row) + "</tr>" for row in table.rows
    )
    return (
        f'<table class="a4-list"><colgroup>{cols}</colgroup>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )


def _seal(seal: Seal, paper: Paper) -> str:
    signed = f'<p class="right">{_line(seal.authority)}</p><p class="right">{_line(seal.day)}</p>'
    if not paper.form.sealed:
        return signed
    if (stamp := seal_of(paper)) is not None:
        return f'<div class="seal-place">{signed}<div class="seal-image">{_image(stamp, "seal-print")}</div></div>'
    mark = ("seal is-sealed", "已用印") if paper.header.seal else ("seal", "用印后显示")
    return f'<div class="seal-place">{signed}<div class="{mark[0]}">{mark[1]}</div></div>'


def _line(line: Line) -> str:
    return "".join(map(_span, line))


def _span(span: Span) -> str:
    text = escape(span.text).replace("\n", "<br>")
    if not span.field:
        return text
    blank = ' class="is-blank"' if span.blank else ""
    return f'<u data-field="{escape(span.field)}"{blank}>{text}</u>'
