"""Reads a POST of a service request: form or multipart, with attributes and photos."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.datastructures import MultiValueDict

from xiuhua.api.open311.faults import Wrong, invalid, missing_service, no_key, wrong_of
from xiuhua.kernel.authz import Actor, Invalid, Refused
from xiuhua.leads import actions, queries, rules
from xiuhua.leads.actions import Reported, Sent
from xiuhua.leads.queries import Lead, LeadKind

# `attribute[code]` for one answer, `attribute[code][]` for several.
_ATTRIBUTE = re.compile(r"attribute\[([^\[\]]+)\](\[\])?")
# FixMyStreet sends photo1 … photoN, others `media` or `photo`.
_PHOTO = re.compile(r"(photo|media)\d*(\[\])?")


def _said(request: HttpRequest) -> QueryDict:
    """The form without NUL, which no database takes as text."""
    form = request.POST.copy()
    for name, values in form.lists():
        form.setlist(name, [value.replace("\x00", "") for value in values])
    return form


def post(request: HttpRequest, actor: Actor, at: datetime) -> Lead:
    """The lead that the form made. Raises Wrong with every fault and its code."""
    form = _said(request)
    if not actor.can("leads.post"):
        raise no_key()
    kind = _kind(form.get("service_code", "").strip())
    lon, lat = _point(form.get("long", "").strip(), form.get("lat", "").strip())
    place = form.get("address_string", "").strip() or form.get("address_id", "").strip()
    if lon is None and not place:
        raise invalid({"lat": "请给出 lat 和 long，或者 address_string"})
    try:
        return actions.register(
            kind=kind,
            source=rules.Source.OPEN311,
            # A report may consist of its answers alone.
            content=form.get("description", "").strip() or kind.name,
            place=place,
            lon=lon,
            lat=lat,
            attributes=dict(_answers(form)),
            media=list(_media(form, request.FILES)),
            reporter=_reporter(form),
            by=actor,
            at=at,
        )
    except (Invalid, Refused) as error:
        raise wrong_of(error) from error


def _kind(code: str) -> LeadKind:
    if not code:
        raise invalid({"service_code": "请填写"})
    kind = queries.kind_by_code(code)
    if kind is None:
        raise missing_service()
    return kind


def _point(lon: str, lat: str) -> tuple[float | None, float | None]:
    found: dict[str, float | None] = {}
    wrong = {}
    for name, text in (("lat", lat), ("lon", lon)):
        try:
            found[name] = float(text) if text else None
        except ValueError:
            wrong[name] = "应为数字"
    if wrong:
        raise invalid(wrong)
    return found["lon"], found["lat"]


def _answers(form: QueryDict) -> Iterator[tuple[str, Any]]:
    for name in form:
        match = _ATTRIBUTE.fullmatch(name)
        if match is None:
            continue
        values = [value.strip() for value in form.getlist(name)]
        yield match[1], values if match[2] or len(values) > 1 else values[0]


def _media(form: QueryDict, sent: MultiValueDict[str, UploadedFile[Any]]) -> Iterator[Sent]:
    if url := form.get("media_url", "").strip():
        yield Sent(url=url)
    for name in sent:
        if not _PHOTO.fullmatch(name):
            raise Wrong((400, f"{name}: photo1, photo2 …"))
        for file in sent.getlist(name):
            yield Sent(data=file.read(), name=file.name or "")


def _reporter(form: QueryDict) -> Reported:
    names = [form.get(name, "").strip() for name in ("first_name", "last_name")]
    between = " " if all(name.isascii() for name in names) else ""
    return Reported(
        name=between.join(filter(None, names)),
        phone=form.get("phone", "").strip(),
        email=form.get("email", "").strip(),
        account=form.get("account_id", "").strip() or form.get("device_id", "").strip(),
    )
