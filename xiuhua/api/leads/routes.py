"""The routes of leads. Each begins at the leads that the caller may see."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Annotated, Any

from django.db.models import Q, QuerySet
from django.http import FileResponse, Http404
from ninja import Field, Query, Router, Schema, Status

from xiuhua.api.access import Request
from xiuhua.api.answers import READS, REFUSALS
from xiuhua.api.leads import said as hear
from xiuhua.api.leads import shapes
from xiuhua.api.pages import page
from xiuhua.duty import actions as duty
from xiuhua.kernel import clock, files
from xiuhua.kernel.authz import Actor, Invalid
from xiuhua.leads import actions, permissions, queries
from xiuhua.leads.queries import Lead
from xiuhua.org import queries as org

router = Router()
WHOLE: dict[int, Any] = {200: shapes.LeadWhole, **REFUSALS}


class Filters(Schema):
    """Conditions on a list; those that are given must all hold. Lists may be said several times."""

    state: list[str] = Field(default_factory=list)
    kind: list[str] = Field(default_factory=list)
    source: list[str] = Field(default_factory=list)
    unit: str = ""
    area: str = ""
    q: str = Field("", description="in number, place, kind, their pinyin and initials")
    received_from: date | None = None
    received_to: date | None = None
    due_until: date | None = None
    to_do: bool = Field(default=False, description="only what waits for the caller")
    after: str = Field("", description="the `next` of the page before")
    limit: int = 50

    def narrow(self, rows: QuerySet[Lead]) -> QuerySet[Lead]:
        for name, values in (("state", self.state), ("kind__code", self.kind), ("source", self.source)):
            if values:
                rows = rows.filter(**{f"{name}__in": values})
        held = Q()
        for condition, value in (
            ("unit__code", self.unit),
            ("area__code", self.area),
            ("search__contains", self.q.strip().lower()),
            ("due_on__lte", self.due_until),
            ("received_at__gte", _begin(self.received_from)),
            ("received_at__lt", _begin(self.received_to, 1)),
        ):
            if value:
                held &= Q(**{condition: value})
        return rows.filter(held)


def _begin(day: date | None, later: int = 0) -> datetime | None:
    if day is None:
        return None
    return datetime.combine(day + timedelta(days=later), datetime.min.time(), clock.SHANGHAI)


@router.get("/lead-kinds", response={200: list[shapes.KindOut], **READS}, summary="Kinds of leads")
def list_kinds(request: Request) -> list[shapes.KindOut]:
    """What a lead can be about, with its likely causes and the questions it asks."""
    return [shapes.kind_out(kind) for kind in queries.kinds()]


@router.get("/leads", response={200: shapes.LeadsOut, **READS}, summary="List leads")
def list_leads(request: Request, filters: Annotated[Filters, Query()]) -> shapes.LeadsOut:
    """The leads that the caller may see, the last received first."""
    actor = request.auth.actor
    rows = queries.to_do(actor) if filters.to_do else queries.leads(actor)
    found, after = page(filters.narrow(rows), "received_at", filters.after, filters.limit)
    return shapes.LeadsOut(items=[shapes.lead_out(lead) for lead in found], next=after)


@router.get("/leads/near", response={200: list[shapes.NearOut], **READS}, summary="Near-duplicates")
def near_leads(
    request: Request, kind: str, lon: float, lat: float, at: datetime | None = None
) -> list[shapes.NearOut]:
    """Leads of the same kind near in place and time: look before you register."""
    moment = hear.aware("at", at) or request.auth.at
    found = queries.near_duplicates(request.auth.actor, hear.kind_of(kind), lon, lat, moment)
    return shapes.near_out(found)


@router.post("/leads", response={201: shapes.LeadWhole, **REFUSALS}, summary="Register a lead")
def register(request: Request, said: hear.LeadIn) -> Status[shapes.LeadWhole]:
    """The lead waits to be verified."""
    caller = request.auth
    lead = actions.register(by=caller.actor, at=caller.at, **said.values())
    return Status(201, shapes.lead_whole(lead, caller.actor))


@router.post("/findings", response={201: shapes.LeadWhole, **REFUSALS}, summary="Register a finding")
def register_finding(request: Request, said: hear.PatrolIn) -> Status[shapes.LeadWhole]:
    """What an officer found on patrol: at once in the hands of the own unit. With a key it is taken once."""
    caller = request.auth
    permissions.check_can_register_finding(caller.actor)

    def do() -> dict[str, int]:
        made = duty.find(by=caller.actor, at=caller.at, **said.values())
        return {"finding": made.pk, "lead": made.lead_id}

    if said.key is None:
        answer: Mapping[str, Any] = do()
    else:
        answer, _now = duty.once(key=said.key, kind="finding", by=caller.actor, at=caller.at, do=do)
    return Status(201, shapes.lead_whole(_lead(caller.actor, answer["lead"]), caller.actor))


def _lead(actor: Actor, pk: int) -> Lead:
    found = queries.leads(actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@router.get("/leads/{pk}", response={200: shapes.LeadWhole, **READS}, summary="Read a lead")
def read_lead(request: Request, pk: int) -> shapes.LeadWhole:
    """With its clocks, every move of the table and why it is not open, photos and timeline."""
    return shapes.lead_whole(_lead(request.auth.actor, pk), request.auth.actor)


@router.get("/leads/{pk}/media/{media}", summary="A photo of a lead")
def read_media(request: Request, pk: int, media: int) -> FileResponse:
    """The bytes as they were sent."""
    kept = [m for m in queries.media_of(_lead(request.auth.actor, pk)) if m.pk == media and m.file]
    if not kept or kept[0].file is None:
        raise Http404
    file = kept[0].file
    response = FileResponse(files.open_(file.sha256), content_type=file.media_type)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _moved(request: Request, pk: int, doing: Any, **said: Any) -> shapes.LeadWhole:
    """Make a move on a visible lead and show it as it is now."""
    caller = request.auth
    lead = doing(lead=_lead(caller.actor, pk), by=caller.actor, at=caller.at, **said)
    return shapes.lead_whole(lead, caller.actor)


@router.post("/leads/{pk}/verify", response=WHOLE, summary="Verify")
def verify(request: Request, pk: int, said: hear.VerifyIn) -> shapes.LeadWhole:
    """Real enough to be worked; what was wrong in it is put right."""
    values = said.model_dump(exclude={"kind"})
    return _moved(request, pk, actions.verify, kind=hear.kind_of(said.kind) if said.kind else None, **values)


@router.post("/leads/{pk}/merge", response=WHOLE, summary="Merge into another")
def merge(request: Request, pk: int, said: hear.MergeIn) -> shapes.LeadWhole:
    """It tells of the same thing; its reporter still gets the answer."""
    into = _lead(request.auth.actor, said.into)
    return _moved(request, pk, actions.merge, into=into, note=said.note)


@router.post("/leads/{pk}/refuse", response=WHOLE, summary="Refuse")
def refuse(request: Request, pk: int, said: hear.RefuseIn) -> shapes.LeadWhole:
    return _moved(request, pk, actions.refuse, **said.model_dump())


@router.post("/leads/{pk}/dispatch", response=WHOLE, summary="Dispatch")
def dispatch(request: Request, pk: int, said: hear.DispatchIn) -> shapes.LeadWhole:
    """To the unit that handles such causes at that place, or to the unit that is named."""
    unit = org.unit_by_code(said.unit) if said.unit else None
    if said.unit and unit is None:
        raise Invalid({"unit": "没有这个单位"})
    return _moved(request, pk, actions.dispatch, unit=unit, cause=said.cause)


@router.post("/leads/{pk}/transfer", response=WHOLE, summary="Pass on to another agency")
def transfer_out(request: Request, pk: int, said: hear.TransferIn) -> shapes.LeadWhole:
    """Not our duty (SHUM §26)."""
    return _moved(request, pk, actions.transfer_out, **said.model_dump())


@router.post("/leads/{pk}/accept", response=WHOLE, summary="Accept")
def accept(request: Request, pk: int) -> shapes.LeadWhole:
    return _moved(request, pk, actions.accept)


@router.post("/leads/{pk}/return", response=WHOLE, summary="Return to the desk")
def return_(request: Request, pk: int, said: hear.ReasonIn) -> shapes.LeadWhole:
    return _moved(request, pk, actions.return_, **said.model_dump())


@router.post("/leads/{pk}/arrive", response=WHOLE, summary="Officers are on the spot")
def arrive(request: Request, pk: int) -> shapes.LeadWhole:
    return _moved(request, pk, actions.arrive)


@router.post("/leads/{pk}/settle", response=WHOLE, summary="Settle without a case")
def settle(request: Request, pk: int, said: hear.SettleIn) -> shapes.LeadWhole:
    return _moved(request, pk, actions.settle, **said.model_dump())


@router.post("/leads/{pk}/tell-reporter", response=WHOLE, summary="The reporter was told")
def tell_reporter(request: Request, pk: int, said: hear.TellIn) -> shapes.LeadWhole:
    """Within five working days of receipt (SHUM §26)."""
    return _moved(request, pk, actions.tell_reporter, **said.model_dump())
