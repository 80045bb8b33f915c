"""Collection stations: manifests of what is docked, and which files should be sent. Files themselves come by tus."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Schema
from ninja.security import HttpBearer

from xiuhua.api.access import speak
from xiuhua.api.answers import READS, REFUSALS
from xiuhua.evidence import actions, queries
from xiuhua.evidence.queries import Station
from xiuhua.evidence.rules import recordings as rules
from xiuhua.kernel import clock


class StationRequest(HttpRequest):
    """A request of a station."""

    auth: Station


class StationAuth(HttpBearer):
    """The token of a collection station (`xiuhua station open`); it opens nothing else."""

    def authenticate(self, request: HttpRequest, token: str) -> Station | None:
        speak(request)
        return queries.station_of(token)


class ManifestIn(Schema):
    """One file of a recorder, as it lay there when it was docked."""

    file_name: str
    size: int
    sha256: str
    sm3: str
    media_type: str
    recorder_no: str = ""
    officer_no: str = ""
    unit_no: str = ""
    started_at: datetime | None = None
    ended_at: datetime | None = None
    important: bool = False


class DockedOut(Schema):
    """`wanted`: the file should be sent now. `state`: docked, arrived or quarantined."""

    sha256: str
    state: str
    wanted: bool


class WantedOut(Schema):
    """SHA-256 of files that should be sent, the oldest first, and the tus address that takes them."""

    items: list[str]
    upload_url: str


router = Router(auth=StationAuth())


@router.post("evidence/recordings", response={200: DockedOut, **REFUSALS}, summary="A file was docked")
def dock(request: StationRequest, said: ManifestIn) -> DockedOut:
    station = request.auth
    row = actions.dock(
        station=station,
        said=rules.Manifest(**said.dict()),
        by=queries.station_actor(station),
        at=clock.now(),
    )
    asked = row.asked_at is not None
    wanted = row.state == rules.State.DOCKED and rules.wanted(
        station.policy, important=row.important, asked=asked
    )
    return DockedOut(sha256=row.sha256, state=row.state, wanted=wanted)


@router.get("evidence/wanted", response={200: WantedOut, **READS}, summary="Which files should be sent")
def wanted(request: StationRequest) -> WantedOut:
    return WantedOut(items=queries.wanted_of(request.auth), upload_url=settings.TUS_URL)
