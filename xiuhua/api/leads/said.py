"""What machines say about leads, and how it is handed to the desk."""

from __future__ import annotations

import base64
import binascii
from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Field, Schema

from xiuhua.kernel.authz import Invalid
from xiuhua.leads import queries
from xiuhua.leads.actions import Reported, Sent
from xiuhua.leads.queries import LeadKind


class ReporterIn(Schema):
    """Who reported. It is kept apart, and no answer of this interface holds it."""

    name: str = ""
    phone: str = ""
    email: str = ""
    account: str = ""


class PhotoIn(Schema):
    """A photo in base64: JPEG, PNG, GIF, WebP or HEIC."""

    data: str
    name: str = ""


class FindingIn(Schema):
    """What officers find. A point or a place in words is needed, best both."""

    kind: str
    content: str
    place: str = ""
    lon: float | None = None
    lat: float | None = None
    cause: str = ""
    attributes: dict[str, Any] = Field(default_factory=dict)
    photos: list[PhotoIn] = Field(default_factory=list)


class PatrolIn(FindingIn):
    """A finding as a phone sends it. `key` makes it count once, however often it is sent; `found_at` is the phone's
    moment, where it was kept offline; `persuasion` says how it ended on the spot.
    """

    key: UUID | None = None
    found_at: datetime | None = None
    persuasion: str = ""

    def values(self) -> dict[str, Any]:
        kept = self.model_dump(exclude={"kind", "photos", "key", "found_at"})
        return {
            **kept,
            "kind": kind_of(self.kind),
            "photos": photos_of(self.photos),
            "found_at": aware("found_at", self.found_at),
        }


class LeadIn(FindingIn):
    """A report. `received_at` is when it reached the source, from when clocks run; without it, now."""

    source: str
    source_ref: str = ""
    received_at: datetime | None = None
    reporter: ReporterIn | None = None
    media_urls: list[str] = Field(default_factory=list)

    def values(self) -> dict[str, Any]:
        kept = self.model_dump(exclude={"kind", "photos", "media_urls", "reporter", "received_at"})
        urls = [Sent(url=url) for url in self.media_urls]
        return {
            **kept,
            "kind": kind_of(self.kind),
            "media": [*photos_of(self.photos), *urls],
            "reporter": Reported(**self.reporter.model_dump()) if self.reporter else None,
            "received_at": aware("received_at", self.received_at),
        }


class VerifyIn(Schema):
    """What was found, and what is put right."""

    note: str = ""
    kind: str = ""
    cause: str | None = None
    place: str | None = None
    lon: float | None = None
    lat: float | None = None
    on_scene: bool = False


class MergeIn(Schema):
    into: int
    note: str = ""


class DispatchIn(Schema):
    """Without `unit` the place and the cause decide."""

    unit: str = ""
    cause: str | None = None


class ReasonIn(Schema):
    reason: str


class RefuseIn(ReasonIn):
    public_note: str = ""


class TransferIn(RefuseIn):
    to: str


class SettleIn(Schema):
    """`outcome`: persuaded or no_violation. `note` stays inside, `public_note` is what the reporter reads."""

    outcome: str
    note: str
    public_note: str = ""


class TellIn(Schema):
    """`way`: phone, text, letter, email, in_person or interface."""

    way: str
    note: str


def kind_of(code: str) -> LeadKind:
    found = queries.kind_by_code(code)
    if found is None:
        raise Invalid({"kind": "没有这种线索类别"})
    return found


def photos_of(said: list[PhotoIn]) -> list[Sent]:
    sent = []
    for place, photo in enumerate(said):
        try:
            sent.append(Sent(data=base64.b64decode(photo.data, validate=True), name=photo.name))
        except (binascii.Error, ValueError) as error:
            raise Invalid({f"photos[{place}]": "不是base64"}) from error
    return sent


def aware(field: str, moment: datetime | None) -> datetime | None:
    if moment is not None and moment.tzinfo is None:
        raise Invalid({field: "时间应带时区，如2026-01-02T03:04:05+08:00"})
    return moment
