"""Citizens' reports by Open311: the published vectors, and a stock client."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast
from unittest.mock import patch

import georeport
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test.testcases import LiveServerThread

from xiuhua.api.tests.citizen import ROOT, Citizen, report, tree
from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import SYSTEM
from xiuhua.leads.models import Lead, LeadAttribute, LeadKind, Reporter
from xiuhua.leads.tests.desk import JPEG, Desk
from xiuhua.registers.tests.bureau import AT, EAST, Bureau

pytestmark = pytest.mark.django_db

VECTORS = Path(__file__).resolve().parents[4] / "shared" / "vectors" / "given" / "open311.json"

# What the vectors know of a service that our reference files do not have.
_QUESTIONS = (("stall_count", "number", True), ("note", "string", False))


def vectors() -> list[dict[str, Any]]:
    if not VECTORS.exists():
        return []
    found: list[dict[str, Any]] = json.loads(VECTORS.read_text())
    return found


def vector(name: str) -> dict[str, Any]:
    found = [v for v in vectors() if v["id"] == name]
    if not found:
        pytest.skip(f"the published vectors are not beside the repository ({VECTORS})")
    return found[0]


@pytest.fixture
def service(desk: Desk) -> LeadKind:
    """The service 001 of the vectors, with the attributes they send; the count is required."""
    kind = LeadKind(
        code="001",
        name="占道经营",
        name_en="Street trading",
        causes="SR11",
        near_metres=60,
        near_days=2,
        verify_hours=24,
        clocks="reporter_answer",
    )
    with record.act("示例", by=SYSTEM, at=AT) as act:
        kind.save()
        for place, (code, datatype, required) in enumerate(_QUESTIONS, 1):
            LeadAttribute(
                kind=kind,
                code=code,
                position=place,
                datatype=datatype,
                required=required,
                description=f"示例{code}",
                description_en=code,
            ).save()
        act.entry(on=kind, facts={})
    return kind


@contextmanager
def wide_district(bureau: Bureau) -> Iterator[None]:
    """The points of the vectors lie elsewhere: for them the district has no boundaries."""
    for area in (*bureau.east.areas.all(), *bureau.west.areas.all(), *bureau.town.areas.all()):
        area.geometry = {
            "type": "Polygon",
            "coordinates": [[[121, 31], [122, 31], [122, 32], [121, 32], [121, 31]]],
        }
        area.save()
    yield


# Vectors --------------------------------------------------------------------------------------------------------------


def test_the_vectors_are_all_tried_here() -> None:
    if not vectors():
        pytest.skip(f"the published vectors are not beside the repository ({VECTORS})")
    assert {v["id"] for v in vectors()} == {
        "fms-definition",
        "fms-post",
        "fms-photo-multipart",
        "post-error-3",
        "post-error-5",
        "post-error-6",
        "get-requests-default",
        "get-requests-range",
        "token",
        "validator-rule-0",
        "validator-rule-4",
        "validator-rule-5",
        "validator-rule-8",
    }


def test_vector_definition(citizen: Citizen, service: LeadKind) -> None:
    given = vector("fms-definition")
    answer = citizen.get(given["input"]["path"].removeprefix(ROOT), **given["input"]["query"])
    assert answer.status_code == given["expected"]["status"]
    root = tree(answer)
    assert root.tag == given["expected"]["root"]
    assert root.findtext("service_code") == "001"
    names = {
        "variable",
        "code",
        "datatype",
        "required",
        "datatype_description",
        "order",
        "description",
        "values",
    }
    for attribute in root.findall("attributes/attribute"):
        assert {child.tag for child in attribute} == names
        assert attribute.findtext("datatype") in given["expected"]["datatypes"]
    listed = tree(citizen.get("/services/street_vending.xml")).findall("attributes/attribute/values/value")
    assert (listed[0].findtext("key"), listed[0].findtext("name")) == ("morning", "早晨")


@pytest.mark.parametrize("ending", ["xml", "json"])
def test_vector_post(citizen: Citizen, desk: Desk, service: LeadKind, ending: str) -> None:
    given = vector("fms-post")
    form = given["input"]["form"] | {"api_key": citizen.key}
    with wide_district(desk.bureau):
        answer = citizen.post(f"/requests.{ending}", form)
    assert answer.status_code in given["expected"]["status"]
    if ending == "xml":
        root = tree(answer)
        assert (root.tag, root[0].tag) == (given["expected"]["root"], given["expected"]["item"])
        fields = {child.tag: child.text for child in root[0]}
    else:
        fields = json.loads(answer.content)[0]
    assert set(fields) & set(given["expected"]["fields_one_of"])
    assert set(given["expected"]["fields"]) <= set(fields)
    lead = Lead.objects.get(public_id=fields["service_request_id"])
    assert lead.content == form["description"].strip()
    assert lead.attributes == {"stall_count": "3", "note": "夜间"}
    assert lead.media.get().url == form["media_url"]
    assert Reporter.objects.get(lead=lead).name == "王小明"


def test_vector_photos(citizen: Citizen, desk: Desk, service: LeadKind) -> None:
    given = vector("fms-photo-multipart")
    form = {name: "1" for name in given["input"]["parts"] if "(" not in name}
    form |= {"service_code": "001", "lat": str(EAST[1]), "long": str(EAST[0]), "attribute[stall_count]": "1"}
    photos = {f"photo{i}": SimpleUploadedFile(f"{i}.jpg", JPEG + bytes([i]), "image/jpeg") for i in (1, 2)}
    answer = citizen.post("/requests.xml", form | photos | {"api_key": citizen.key})
    assert answer.status_code in given["expected"]["status"]
    assert [m.file.size for m in Lead.objects.get().media.order_by("pk") if m.file] == [len(JPEG) + 1] * 2


@pytest.mark.parametrize("name", ["post-error-3", "post-error-5", "post-error-6"])
def test_vector_errors_in_both_forms(citizen: Citizen, service: LeadKind, name: str) -> None:
    given = vector(name)
    form = given["input"]["form"]
    if "api_key" in form:
        form |= {"api_key": citizen.key}
    as_json = citizen.post(given["input"]["path"].removeprefix(ROOT), form)
    expected = given["expected"]["status"]
    assert as_json.status_code == expected
    for error in json.loads(as_json.content):
        assert error["code"] == expected
        assert error["description"]
    as_xml = citizen.post("/requests.xml", form)
    root = tree(as_xml)
    assert (as_xml.status_code, root.tag) == (expected, "errors")
    assert [e.findtext("code") for e in root.findall("error")] == [str(expected)] * len(root)
    assert not Lead.objects.exists()


def test_vector_default_list(citizen: Citizen) -> None:
    given = vector("get-requests-default")
    report(citizen)
    old = Lead.objects.get()
    with record.act("示例", by=SYSTEM, at=AT) as act:
        old.pk, old.number, old.public_id = None, "示例旧", "old"
        old._state.adding = True
        old.received_at = AT - timedelta(days=given["expected"]["max_span_days"] + 1)
        old.save()
        act.entry(on=old, facts={})
    path = given["input"]["path"].removeprefix(ROOT)
    answer = citizen.get(path, **given["input"]["query"])
    assert answer.status_code == given["expected"]["status"]
    (row,) = json.loads(answer.content)
    assert row["status"] in given["expected"]["status_values"]
    assert row["requested_datetime"] == "2026-05-13T09:00:00+08:00"
    with patch("xiuhua.api.open311.asking.MOST", 0):
        assert citizen.rows(path) == []


def test_vector_range(citizen: Citizen) -> None:
    given = vector("get-requests-range")
    query = given["input"]["query"]
    answer = citizen.get(given["input"]["path"].removeprefix(ROOT), **query)
    assert (answer.status_code, json.loads(answer.content)) == (given["expected"]["status"], [])


def test_vector_token(citizen: Citizen) -> None:
    given = vector("token")
    made = report(citizen)
    path = given["input"]["path"].removeprefix(ROOT).replace("abc", made["service_request_id"])
    answer = citizen.get(path)
    assert answer.status_code == given["expected"]["status"]
    assert [set(row) for row in json.loads(answer.content)] == [{"service_request_id", "token"}]
    assert citizen.get("/tokens/abc.json").status_code == 404


def test_vectors_of_the_validator(citizen: Citizen) -> None:
    assert vector("validator-rule-0")["expected"] == {"pass": True}
    assert citizen.get("/discovery.xml")["Content-Type"] == "text/xml"
    assert citizen.get("/discovery.json")["Content-Type"] == "application/json"
    found = json.loads(citizen.get("/discovery.json").content)
    (endpoint,) = found["endpoints"]
    assert set(endpoint) == {"specification", "url", "changeset", "type", "formats"}
    for changeset in (found["changeset"], endpoint["changeset"]):
        assert datetime.fromisoformat(changeset).tzinfo is not None
    root = tree(citizen.get("/discovery.xml"))
    space = "{http://api.open311.org/discovery}"
    assert root.tag == f"{space}discovery"
    assert len(root.findall(f"{space}endpoints/{space}endpoint/{space}formats/{space}format")) == 2
    services = tree(citizen.get("/services.xml")).findall("service")
    assert services
    assert all(s.findtext("service_code") for s in services)


# A stock client -------------------------------------------------------------------------------------------------------


class _NoStatic(WSGIHandler):
    """The application as it is: the server of Django's suites wants to wrap it for static files."""

    def __new__(cls, application: WSGIHandler) -> WSGIHandler:  # type: ignore[misc]  # hands on what it is given
        return application


class _Lent:
    """The connection of this test, which the server may use and not close."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.__dict__["lent"] = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self.__dict__["lent"], name)

    def __setattr__(self, name: str, value: Any) -> None:
        setattr(self.__dict__["lent"], name, value)

    def close(self) -> None:
        pass

    close_if_unusable_or_obsolete = close


@contextmanager
def served() -> Iterator[str]:
    """The project on a port of its own, seeing what this test has written."""
    connection = connections["default"]
    connection.inc_thread_sharing()
    thread = LiveServerThread(
        "127.0.0.1",
        _NoStatic,
        connections_override={"default": cast("BaseDatabaseWrapper", _Lent(connection))},
    )
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    try:
        assert thread.error is None
        yield f"http://127.0.0.1:{thread.port}{ROOT}"
    finally:
        thread.terminate()
        connection.dec_thread_sharing()


@pytest.mark.parametrize("form", ["json", "xml"])
def test_a_stock_client_reads_services_and_the_fate_of_a_report(
    citizen: Citizen, desk: Desk, form: str, settings: Any
) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    lead = desk.posted(at=clock.now(), received_at=clock.now() - timedelta(hours=3))
    desk.posted(at=clock.now(), received_at=clock.now() - timedelta(hours=3))
    for step in ("verify", "dispatch", "accept", "settle"):
        desk.move(step, lead)
    with served() as root:
        client = georeport.GeoReport(root, output_format=form)
        assert "street_vending" in [s["service_code"] for s in client.get_service_list()]
        definition = client.get_service_definition("group_rental")
        assert definition["service_code"] == "group_rental"
        found = client.get_service_request(lead.public_id)
        assert (found["status"], found["status_notes"]) == ("closed", "经现场教育劝阻，当事人已当场改正。")
        closed = client.get_service_requests(status="open,closed")
        assert lead.public_id in [r["service_request_id"] for r in closed]
