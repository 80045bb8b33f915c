"""The report of a destruction as a paper: whose three hands, what went with its hashes, what stayed and why.

It is of no case and follows no statutory form, so its blocks are laid here; it is drawn as every other paper. Like
these it speaks Chinese, whatever the language of the page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from xiuhua.cases import queries as cases
from xiuhua.cases.documents import Form, Header, Paper, to_pdf
from xiuhua.cases.documents.blocks import (
    Block,
    Facts,
    Heading,
    Line,
    Note,
    Number,
    Pair,
    Row,
    Signatures,
    Span,
    Table,
    Title,
)
from xiuhua.cases.documents.words import hash_groups, moment_zh
from xiuhua.evidence import queries
from xiuhua.evidence.models import Destruction
from xiuhua.kernel import clock, record
from xiuhua.kernel import queries as kernel
from xiuhua.web.evidence.outcomes import Outcome, outcomes_of
from xiuhua.web.frame.access import in_room
from xiuhua.web.frame.http import Request

TITLE = "执法记录销毁报告"
FORM = Form(
    kind="destruction_report",
    title=TITLE,
    issuer="unit",
    number=False,
    series="",
    sealed=False,
    audience="internal",
    layout="form",
    head="black",
    subject="",
    certainty="unverified",
    source="layout and wording ours",
    valid_from="",
    valid_to="",
    path=Path(__file__),
)
HANDS = (
    ("提出", "evidence.propose_destruction"),
    ("审核", "evidence.review_destruction"),
    ("销毁", "evidence.destroy"),
)


@in_room("evidence", "evidence.see")
@require_safe
def report(request: Request, pk: int) -> HttpResponse:
    """The PDF, once the list was carried out."""
    row = get_object_or_404(queries.destructions(request.actor), pk=pk)
    if row.done_at is None:
        raise Http404(_("清单还没有销毁"))
    with translation.override("zh-hans"):
        body = to_pdf([paper_of(row, row.done_at)], cases.font_dirs())
    response = HttpResponse(body, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="destruction-{row.pk}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def paper_of(row: Destruction, done_at: datetime) -> Paper:
    """The report of a list that was carried out at `done_at`."""
    outcomes = outcomes_of(row, done_at)
    gone, stayed = [one for one in outcomes if one.gone], [one for one in outcomes if not one.gone]
    header = Header(
        authority_name=row.unit.name,
        unit_name=row.unit.name,
        issued_on=clock.day_of(done_at).isoformat(),
    )
    blocks: list[Block] = [
        Title(_line(TITLE)),
        Number(_line(f"销毁清单{row.pk}")),
        Facts((_row("单位", row.unit.name), _row("理由", row.reason), *_hands(row))),
        Facts((_row("清单所列", f"{len(outcomes)}件", "已销毁", f"{len(gone)}件"),)),
        *_listed("已销毁", gone, _went, ("序号", "文件名、大小、接入时间", "SHA-256、SM3")),
        *_listed("未销毁", stayed, _stayed, ("序号", "文件名、接入时间", "原因")),
        Signatures(tuple(_line(f"{label}人签名") for label, _verb in HANDS)),
        Note(
            _line(
                "已销毁的文件不能恢复，登记信息、散列值和办理记录保留；内容相同的文件另作证据保存的，不在此列。"
            )
        ),
    ]
    return Paper(TITLE, FORM, header, tuple(blocks), (), ())


def _hands(row: Destruction) -> Iterable[Row]:
    """Each hand: who, when, and the number of the entry of the record."""
    entries = {e.verb: e.pk for e in kernel.history(record.subject_of(row)).order_by("pk")}
    names = (row.proposed_name, row.reviewed_name, row.done_name)
    times = (row.proposed_at, row.reviewed_at, row.done_at)
    for (label, verb), name, at in zip(HANDS, names, times, strict=True):
        yield _row(f"{label}人", name, f"{label}时间", f"{_moment(at)}（记录{entries.get(verb, '')}）")


def _listed(
    label: str,
    rows: Sequence[Outcome],
    drawn: Callable[[Outcome], tuple[str, str]],
    head: tuple[str, str, str],
) -> Iterable[Block]:
    if not rows:
        return
    yield Heading(_line(f"{label}的执法记录"))
    cells = tuple(
        (_line(str(number)), *(_line(text) for text in drawn(one))) for number, one in enumerate(rows, 1)
    )
    yield Table(tuple(_line(text) for text in head), (2, 11, 15), cells)


def _went(one: Outcome) -> tuple[str, str]:
    row = one.recording
    told = f"{row.file_name}\n{row.size:,}字节\n{_moment(row.docked_at)}"
    return told, f"{hash_groups(row.sha256)}\n{hash_groups(row.sm3)}"


def _stayed(one: Outcome) -> tuple[str, str]:
    row = one.recording
    return (
        f"{row.file_name}\n{_moment(row.docked_at)}",
        f"保全中：{one.held_for}" if one.held_for else "未满保存期限",
    )


def _moment(at: datetime | None) -> str:
    return moment_zh(at.astimezone(clock.SHANGHAI).isoformat()) if at else ""


def _line(text: str) -> Line:
    return (Span(text),)


def _row(*said: str) -> Row:
    """Label and value, in turn."""
    return Row(
        tuple(Pair(_line(label), _line(value)) for label, value in zip(said[::2], said[1::2], strict=True))
    )
