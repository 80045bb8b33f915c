"""What is in a case, as its page shows it: party, act, people, documents, evidence, money, timeline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from xiuhua.cases import queries
from xiuhua.cases.models import Case, Document, Step
from xiuhua.cases.procedure.demolition_forms import STRUCTURES
from xiuhua.cases.procedure.guards import sharing
from xiuhua.evidence import queries as evidence
from xiuhua.leads import queries as leads
from xiuhua.org import queries as org
from xiuhua.web.cases import words
from xiuhua.web.frame import formats
from xiuhua.web.frame.http import Request, in_english
from xiuhua.web.frame.parts import Entry, Fact, State
from xiuhua.web.frame.ranges import unit

File = Mapping[str, Any]
MASKED = frozenset({"身份证件号码", "电话", "住所（住址）"})
# Papers that must reach the party.
TO_BE_SERVED = frozenset(
    {
        "correction_order",
        "prior_notice",
        "hearing_right_notice",
        "hearing_notice",
        "penalty_decision",
        "no_penalty_decision",
        "demolition_order",
    }
)
# Who stands in the file for which part: label, block, the key of the officer's id, the key of the day.
SIGNERS = (
    ("立案审批", "filing", "approver_id", "approved_on"),
    ("案件审理", "adjudication", "reviewer_id", "on"),
    ("法制审核", "legal_review", "reviewer_id", "on"),
    ("集体讨论主持", "discussion", "chair_id", "on"),
    ("处罚决定", "decision", "approver_id", "decided_on"),
    ("不予处罚决定", "no_penalty", "approver_id", "decided_on"),
    ("延期分期审批", "deferral", "approver_id", "approved_on"),
    ("结案审批", "closing", "approver_id", ""),
    ("归档", "archive", "archivist_id", "archived_on"),
)


def _day(text: Any) -> date | None:
    return date.fromisoformat(str(text)[:10]) if text else None


def _law(ground: str) -> str:
    return org.citation(ground, "en" if in_english() else "zh")


def party_facts(request: Request, found: Case, file: File) -> list[Fact]:
    """The party as this case knows it; numbers are masked for posts without the register."""
    party, masked = file.get("party") or {}, not request.actor.can("registers.see")
    url = reverse("web:party", args=[found.party_id]) if found.party_id and not masked else ""
    rows = (
        ("名称", party.get("name"), url),
        ("身份证件号码", party.get("id_no"), ""),
        ("统一社会信用代码", party.get("usci"), ""),
        ("法定代表人", party.get("legal_representative"), ""),
        ("住所（住址）", party.get("address"), ""),
        ("电话", party.get("phone"), ""),
    )
    return [
        Fact(_(label), "＊＊＊" if masked and label in MASKED else str(value), link)
        for label, value, link in rows
        if value
    ]


def act_facts(request: Request, found: Case, file: File) -> list[Fact]:
    """The violation: cause, clauses, range, what is planned or decided, where it came from."""
    cause, act = file.get("cause") or {}, file.get("violation") or {}
    rows = (
        ("案由", f"{found.cause.name_en if in_english() else found.cause.name} {found.cause.code}"),
        ("违反", _law(cause.get("violates") or "")),
        ("依据", _law(cause.get("basis") or "")),
        ("幅度", _span(cause, file)),
        ("地点", found.place),
        ("事实", act.get("facts")),
        *_building(file),
    )
    return [*(Fact(_(label), str(value)) for label, value in rows if value), _source(request, found)]


def _building(file: File) -> Iterator[tuple[str, str]]:
    """What a demolition knows of the building: how it is made, how big, until when it must be gone."""
    own = file.get("demolition") or {}
    names = {code: en if in_english() else zh for code, zh, en in STRUCTURES}
    yield "结构", names.get(own.get("structure") or "", "")
    yield "建筑面积", f"{formats.number(own['area_m2'])} m²" if own.get("area_m2") else ""
    yield "限期拆除至", formats.day(_day(own["order_due_on"])) if own.get("order_due_on") else ""


def _span(cause: Mapping[str, Any], file: File) -> str:
    """The range of the law, and the sum that is proposed, planned or decided within it."""
    ceiling = cause.get("ceiling")
    counted = unit(cause.get("unit") or "yuan")
    span = f"{formats.number(cause.get('floor') or 0)}–{formats.number(ceiling)} {counted}" if ceiling else ""
    for block, key, label in (
        ("decision", "fine", "决定"),
        ("notice", "planned_fine", "拟"),
        ("investigation_report", "proposed_fine", "建议"),
    ):
        amount = (file.get(block) or {}).get(key)
        if amount:
            comma = ", " if in_english() else "，"
            return f"{span}{comma}{_(label)} {formats.yuan(amount)}" if span else formats.yuan(amount)
    return span


def _source(request: Request, found: Case) -> Fact:
    if found.lead is None:
        return Fact(_("来源"), _("巡查发现"))
    seen = request.actor.can("leads.see") and leads.leads(request.actor).filter(pk=found.lead.pk).exists()
    source = _(found.lead.get_source_display())
    if not seen:
        return Fact(_("来源"), source)
    return Fact(_("来源"), found.lead.number, reverse("web:lead", args=[found.lead.pk]), source)


def people(found: Case, file: File) -> list[Fact]:
    """Who handles, who approved, who reviewed: with certificate or day."""
    names_of = {"处罚决定": "责令拆除"} if found.procedure == Case.Procedure.DEMOLITION else {}
    signed = [
        (names_of.get(label, label), file.get(block) or {}, key, day) for label, block, key, day in SIGNERS
    ]
    ids = {str(block[key]) for _label, block, key, _day_key in signed if block.get(key)}
    names = org.names_by_id({int(i) for i in ids if i.isdigit()}) if ids else {}
    out = [
        Fact(
            _("主办") if number == 0 else _("协办"),
            o.get("name") or "",
            note=f"{_('证号')} {o['certificate_no']}" if o.get("certificate_no") else "",
        )
        for number, o in enumerate((file.get("officers") or ())[:2])
    ]
    out += [
        Fact(_(label), names[str(block[key])], note=formats.short_day(_day(block.get(day))) if day else "")
        for label, block, key, day in signed
        if str(block.get(key) or "") in names
    ]
    return [*out, Fact(_("执法主体"), (in_english() and found.authority.name_en) or found.authority.name)]


@dataclass(frozen=True, slots=True)
class PaperRow:
    """A document in the list of the case, and whether it has reached the party where it must."""

    document: Document
    title: str
    state: State | None


def paper_rows(papers: Sequence[Document], file: File) -> list[PaperRow]:
    kinds = queries.shelf().kinds
    served = {
        row.get("document"): row.get("effective_on") or row.get("post_receipt_on") or row.get("on")
        for row in file.get("services") or ()
    }
    return [PaperRow(p, kinds[p.kind].label_zh, _served(p, served, file)) for p in papers]


def _served(paper: Document, served: Mapping[Any, Any], file: File) -> State | None:
    if paper.kind == "on_spot_decision":
        day = _day((file.get("decision") or {}).get("delivered_on"))
    elif paper.kind in TO_BE_SERVED:
        day = _day(served.get(paper.kind))
    else:
        return None
    if day is None:
        return State(_("待送达"), "now")
    return State(_("%(day)s送达") % {"day": formats.short_day(day)}, "done")


@dataclass(frozen=True, slots=True)
class ExhibitRow:
    """A line of the evidence list. `digest` is the beginning of the SHA-256; `url` opens the file, if there is one."""

    kind: str
    name: str
    shows: str
    day: date | None
    digest: str
    url: str = ""
    is_picture: bool = False


def exhibits(request: Request, found: Case, file: File) -> list[ExhibitRow]:
    kinds = queries.shelf().codes["evidence_kind"]
    stored = {
        str(row.exhibit_id): row
        for row in found.exhibits.filter(exhibit__in=evidence.exhibits(request.actor))
        .select_related("exhibit__file")
        .order_by("pk")
    }
    out = []
    for row in file.get("evidence") or ():
        held = stored.get(str(row.get("id", "")))
        content = held.exhibit.file if held else None
        out.append(
            ExhibitRow(
                _(kinds.get(row.get("kind", ""), row.get("kind", ""))),
                row.get("name") or "",
                row.get("note") or row.get("shows") or "",
                _day(row.get("collected_on")),
                (row.get("sha256") or "")[:12],
                reverse("web:case-exhibit", args=[found.pk, held.pk]) if held and content else "",
                bool(content and content.media_type.startswith("image/")),
            )
        )
    return out


def money(found: Case, file: File) -> Mapping[str, Any] | None:
    """Fine, paid, what is open, and each payment."""
    if found.fine is None:
        return None
    return {
        "fine": found.fine,
        "paid": found.paid,
        "open": max(found.fine - found.paid, 0),
        "items": [
            (_day(item.get("on")), item.get("amount"), item.get("receipt_no") or "—")
            for item in (file.get("payment") or {}).get("items", ())
        ],
    }


def timeline(found: Case, steps: Sequence[Step], papers: Sequence[Document], file: File) -> list[Entry]:
    """Every act, the newest first: by whom, what it issued or why, and its place in the record."""
    parties = sharing.parties(file)
    names = {id: str(row.get("name") or id) for id, row in parties.items()} if len(parties) > 1 else {}
    kinds = queries.shelf().kinds
    issued: dict[int | None, list[str]] = defaultdict(list)
    for paper in papers:
        issued[paper.step_id].append(kinds[paper.kind].label_zh)
    entries = [
        Entry(
            s.at,
            words.label_of(found, s, names),
            s.by_name,
            "、".join(issued[s.pk]) or str(s.facts.get("reason") or ""),
            s.entry,
        )
        for s in reversed(steps)
    ]
    return [*entries, Entry(found.opened_at, _("登记案件"))]
