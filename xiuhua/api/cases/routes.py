"""Routes of the bench. Lists start at `visible`; a move that the law forbids is answered 409 with its article."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Status

from xiuhua.api.access import Request
from xiuhua.api.answers import READS, REFUSALS
from xiuhua.api.cases import schemas
from xiuhua.api.pages import page
from xiuhua.cases import actions, queries
from xiuhua.cases.documents import to_docx, to_pdf
from xiuhua.cases.models import Case, Document
from xiuhua.cases.queries import money
from xiuhua.kernel import clock
from xiuhua.kernel.authz import Actor, Invalid
from xiuhua.leads import queries as leads
from xiuhua.org import queries as org
from xiuhua.org.queries import Officer, Unit

router = Router()

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def _case(actor: Actor, pk: int) -> Case:
    found: Case = get_object_or_404(queries.listed(actor), pk=pk)
    return found


@router.get(
    "/cases", response={200: schemas.CasesOut, **READS}, summary="Cases you may see, the newest first"
)
def cases(request: Request, wanted: Query[schemas.Wanted]) -> schemas.CasesOut:
    rows = queries.listed(request.auth.actor)
    said = {
        "procedure": wanted.procedure,
        "state": wanted.state,
        "handling_unit__code": wanted.unit,
        "cause__code": wanted.cause,
        "closed_on__gte": wanted.closed_from,
        "closed_on__lte": wanted.closed_to,
    }
    rows = rows.filter(**{name: value for name, value in said.items() if value})
    if wanted.q.strip():
        rows = queries.matching(rows, wanted.q)
    found, after = page(rows, "opened_at", wanted.after, wanted.limit)
    return schemas.CasesOut(items=[schemas.CaseRow.of(c) for c in found], next=after)


@router.get(
    "/cases/{int:pk}",
    response={200: schemas.CaseOut, **READS},
    summary="A case with its file and what can be done now",
)
def case(request: Request, pk: int) -> schemas.CaseOut:
    actor = request.auth.actor
    return _whole(_case(actor, pk), actor)


def _whole(found: Case, actor: Actor) -> schemas.CaseOut:
    file, kinds = queries.file_of(found), queries.shelf().kinds
    file.pop("step", None)
    if not actor.can("registers.see"):
        for named in ("party", "parties"):
            file.pop(named, None)
    today = clock.today()
    choices = queries.choices(queries.road_of(found, today, file), actor, today)
    return schemas.CaseOut(
        **schemas.CaseRow.of(found).model_dump(),
        file=file,
        steps=[schemas.StepOut.model_validate(s, from_attributes=True) for s in found.steps.order_by("seq")],
        documents=[
            schemas.DocumentOut.of(d, kinds[d.kind].label_zh)
            for d in found.documents.order_by("issued_on", "pk")
        ],
        matters=[
            schemas.MatterOut.model_validate(m, from_attributes=True)
            for m in found.matters.order_by("opened_at", "pk")
        ],
        bills=[schemas.BillOut.of(b) for b in money.bills(actor).filter(case=found).order_by("party")],
        moves=[schemas.MoveOut.of(c) for c in choices],
    )


@router.post("/cases", response={201: schemas.CaseOut, **REFUSALS}, summary="Open an ordinary case")
def open_case(request: Request, payload: schemas.OpenIn) -> Status[schemas.CaseOut]:
    actor = request.auth.actor
    found = actions.open_case(opening=_opening(payload, "ordinary", actor), by=actor, at=request.auth.at)
    return Status(201, _whole(found, actor))


@router.post(
    "/cases/on-spot", response={201: schemas.CaseOut, **REFUSALS}, summary="A penalty on the spot, in one act"
)
def on_spot(request: Request, payload: schemas.OnSpotIn) -> Status[schemas.CaseOut]:
    actor = request.auth.actor
    opening = _opening(payload, "summary", actor)
    found = actions.penalise_on_spot(opening=opening, values=payload.values, by=actor, at=request.auth.at)
    return Status(201, _whole(found, actor))


def _opening(payload: schemas.OpenIn, procedure: str, actor: Actor) -> actions.Opening:
    unit = next((u for u in org.handling_units() if u.pk in actor.scope("cases.work").units), None)
    if unit is None:
        raise Invalid({"unit": "您的岗位不登记案件"})
    cause = queries.cause_on(payload.cause, payload.found_on)
    if cause is None:
        raise Invalid({"cause": "发现之日没有这一案由"})
    lead = get_object_or_404(leads.leads(actor), pk=payload.lead) if payload.lead else None
    areas = list(unit.areas.all()[:2])
    return actions.Opening(
        procedure=procedure,
        unit=unit,
        cause=cause,
        place=payload.place,
        found_on=payload.found_on,
        occurred_on=payload.occurred_on,
        officers=_officers(unit, payload, actor),
        area=(lead.area if lead else None) or (areas[0] if len(areas) == 1 else None),
        lon=lead.lon if lead else None,
        lat=lead.lat if lead else None,
        new_party={k: v for k, v in payload.party.dict().items() if v} if payload.party else None,
        lead=lead,
        facts=payload.facts,
    )


def _officers(unit: Unit, payload: schemas.OpenIn, actor: Actor) -> list[Officer]:
    wanted = {actor.officer_id, payload.second_officer}
    found = [o for o in org.officers_of(unit, clock.today()) if o.pk in wanted]
    return sorted(found, key=lambda o: o.pk != actor.officer_id)


@router.post(
    "/cases/{int:pk}/moves/{move}", response={200: schemas.CaseOut, **REFUSALS}, summary="Make a move"
)
def make_move(request: Request, pk: int, move: str, payload: schemas.ValuesIn) -> schemas.CaseOut:
    """Refused with 409, every reason and its article, if the procedure forbids it; 422 names fields that are wrong."""
    actor = request.auth.actor
    found = _case(actor, pk)
    actions.take(case=found, move=move, values=payload.values, by=actor, at=request.auth.at)
    return _whole(_case(actor, pk), actor)


@router.get("/cases/{int:pk}/documents/{int:document}.{ending}", summary="A document as PDF or DOCX")
def document_file(request: Request, pk: int, document: int, ending: str) -> HttpResponse:
    if ending not in TYPES:
        raise Http404
    rows = Document.objects.visible(request.auth.actor).select_related(
        "case__authority", "case__handling_unit", "step"
    )
    found = get_object_or_404(rows, pk=document, case=pk)
    drawn = queries.paper_of(found, audience=queries.audience_of(request.auth.actor))
    body = to_pdf([drawn], queries.font_dirs()) if ending == "pdf" else to_docx([drawn])
    return HttpResponse(body, content_type=TYPES[ending])
