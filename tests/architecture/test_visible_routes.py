"""Every page and every route of the API, asked by every role for rows of every place: no row leaks.

A route that needs an id stands in `ASKED`, which says how to ask it for a row of a place; a new route fails here until
it is told how.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.apps import apps
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotFound
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern, URLResolver

from tests.architecture.visible import HELD, KEPT, LATER, PLACES, Place, World, places_seen
from xiuhua.cases.models import BankLine, Document, FineBill, PaperForm, Review, SessionItem
from xiuhua.conf import urls
from xiuhua.evidence.models import Recording
from xiuhua.kernel import clock
from xiuhua.leads.models import LeadMedia
from xiuhua.observations.models import Device, DeviceFault, DeviceOrder, OddFrame
from xiuhua.org import queries as org
from xiuhua.org.rules import ROLES
from xiuhua.web.frame import rooms

Kwargs = dict[str, Any]
Asking = Callable[[Place], list[Kwargs]]
# Every role asks for thousands of pages, each of which has a suite of its own that is measured.
WALK = pytest.mark.no_cover
# The rows that a person sees are chosen by the same queries on both databases: a few of them walk on PostgreSQL, too.
ON_BOTH = frozenset({("officer", "east"), ("town_approver", "government"), ("auditor", "office")})
SEATED = pytest.mark.parametrize(
    ("role", "seat"),
    [pytest.param(*held, marks=() if held in ON_BOTH else pytest.mark.sqlite) for held in HELD],
    ids=lambda v: v,
)
TURNED_AWAY = {302, 401, 403, 404, 405, 409}
# The API reads what was sent before it looks for the row: a body that cannot be read is refused for whatever row.
UNREADABLE = {400, 422}


def routes() -> dict[str, frozenset[str]]:
    """Name of every route → the names of what it needs."""

    def walk(patterns: list[Any], spaces: tuple[str, ...]) -> Iterator[tuple[str, frozenset[str]]]:
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                yield ":".join((*spaces, pattern.name or "")), frozenset(pattern.pattern.converters)
            elif isinstance(pattern, URLResolver):
                inner = (*spaces, pattern.namespace) if pattern.namespace else spaces
                yield from walk(pattern.url_patterns, inner)

    return dict(walk(get_resolver().url_patterns, ()))


def _case(place: Place) -> list[Kwargs]:
    return [{"pk": place.case.pk}, {"pk": place.closed.pk}]


def _document(place: Place) -> list[int]:
    return list(Document.objects.filter(case=place.case).order_by("pk").values_list("pk", flat=True)[:1])


def _lead(place: Place) -> list[Kwargs]:
    return [{"pk": place.lead.pk}]


def _media(place: Place) -> list[Kwargs]:
    found = LeadMedia.objects.filter(lead=place.lead).values_list("pk", flat=True)
    return [{"pk": place.lead.pk, "media": media} for media in found]


def _party(place: Place) -> list[Kwargs]:
    return [{"pk": place.party.pk}]


def _moves(place: Place) -> list[Kwargs]:
    return [{"pk": place.case.pk, "move": move} for move in ("propose_filing", "decide_penalty")]


def _beginnings(place: Place) -> list[Kwargs]:
    return [{"pk": place.case.pk, "procedure": KEPT, "move": "ask_registration"}]


def _matters(place: Place) -> list[Kwargs]:
    found = place.case.matters.values_list("pk", flat=True)
    return [{"pk": place.case.pk, "matter_pk": pk, "move": "approve_registration"} for pk in found]


def _goods_lists(place: Place) -> list[Kwargs]:
    return [{"pk": pk} for pk in place.case.matters.values_list("pk", flat=True)]


def _reviews(place: Place) -> list[Kwargs]:
    return [{"pk": pk} for pk in Review.objects.filter(case=place.case).values_list("pk", flat=True)]


def _sessions(place: Place) -> list[Kwargs]:
    return [
        {"pk": pk} for pk in SessionItem.objects.filter(case=place.case).values_list("session", flat=True)
    ]


def _joint(place: Place) -> list[Kwargs]:
    return [{"pk": pk} for pk in place.case.joint_works.values_list("pk", flat=True)]


def _joint_tasks(place: Place) -> list[Kwargs]:
    found = place.case.joint_works.values_list("pk", "tasks")
    return [{"pk": pk, "task_pk": task} for pk, task in found]


def _joint_evidence(place: Place) -> list[Kwargs]:
    found = place.case.joint_works.values_list("pk", "evidence")
    return [{"pk": pk, "evidence_pk": one} for pk, one in found]


def _session_items(place: Place) -> list[Kwargs]:
    found = SessionItem.objects.filter(case=place.case).values_list("session", "pk")
    return [{"pk": session, "item_pk": pk} for session, pk in found]


def _bills(place: Place) -> list[Kwargs]:
    found = FineBill.objects.filter(case__in=[place.case, place.closed])
    return [{"pk": pk} for pk in found.values_list("pk", flat=True)]


def _bank_lines(place: Place) -> list[Kwargs]:
    found = BankLine.objects.filter(bill__case__in=[place.case, place.closed])
    return [{"pk": pk} for pk in found.values_list("pk", flat=True)]


def _forms(place: Place) -> list[Kwargs]:
    return [{"pk": pk} for pk in PaperForm.objects.filter(unit=place.unit).values_list("pk", flat=True)]


def _peeks(place: Place) -> list[Kwargs]:
    found = {"case": place.case.pk, "lead": place.lead.pk, "party": place.party.pk}
    return [{"kind": kind, "pk": pk} for kind, pk in found.items()]


def _exhibit(place: Place) -> list[Kwargs]:
    return [{"pk": place.exhibit.pk}]


def _recordings(place: Place) -> list[Kwargs]:
    found = Recording.objects.filter(unit=place.unit).values_list("pk", flat=True)
    return [{"pk": pk} for pk in found]


def _holds(place: Place) -> list[Kwargs]:
    found = Recording.objects.filter(unit=place.unit, holds__isnull=False).values_list("holds", flat=True)
    return [{"pk": pk} for pk in found]


def _destructions(place: Place) -> list[Kwargs]:
    found = Recording.objects.filter(unit=place.unit, destructions__isnull=False)
    return [{"pk": pk} for pk in found.values_list("destructions", flat=True)]


def _devices(place: Place) -> list[Kwargs]:
    return [{"pk": pk} for pk in Device.objects.filter(unit=place.unit).values_list("pk", flat=True)]


def _device_faults(place: Place) -> list[Kwargs]:
    return [
        {"pk": pk} for pk in DeviceFault.objects.filter(device__unit=place.unit).values_list("pk", flat=True)
    ]


def _device_orders(place: Place) -> list[Kwargs]:
    return [
        {"pk": pk} for pk in DeviceOrder.objects.filter(device__unit=place.unit).values_list("pk", flat=True)
    ]


def _odd_frames(place: Place) -> list[Kwargs]:
    named = Device.objects.filter(unit=place.unit).values_list("identity", flat=True)
    return [
        {"pk": pk} for pk in OddFrame.objects.filter(identity__in=list(named)).values_list("pk", flat=True)
    ]


def _acts(place: Place) -> list[Kwargs]:
    return [{"pk": place.lead.pk, "move": move} for move in ("settle", "merge", "tell_reporter")]


def _of_duty(model: str, path: str = "unit", room: str = "duty", **more: str) -> Asking:
    """The rows of a table of the street, or of command, at a place."""
    table = apps.get_model(room, model)

    def asking(place: Place) -> list[Kwargs]:
        found = table._default_manager.filter(**{path: place.unit})
        return [{"pk": pk, **more} for pk in found.values_list("pk", flat=True)]

    return asking


# Route → the columns of which one must be seen, and how it is asked for the rows of a place.
ASKED: Mapping[str, tuple[tuple[str, ...], Asking]] = {
    "api:case": (("cases",), _case),
    "api:make_move": (("cases",), _moves),
    "api:document_file": (
        ("cases",),
        lambda p: [{"pk": p.case.pk, "document": d, "ending": "docx"} for d in _document(p)],
    ),
    "api:read_party": (("registers",), _party),
    "api:read_media": (("leads",), _media),
    **{
        f"api:{name}": (("leads",), _lead)
        for name in (
            "read_lead", "verify", "merge", "refuse", "dispatch", "transfer_out", "accept", "return_", "arrive",
            "settle", "tell_reporter",
        )
    },
    "open311:request": (("public",), lambda p: [{"public_id": p.lead.public_id, "ending": "json"}]),
    "open311:token": (("public",), lambda p: [{"token": p.lead.public_id, "ending": "json"}]),
    "web:case": (("cases",), _case),
    "web:case-diagram": (("cases",), _case),
    "web:law-reason": (("cases",), _case),
    "web:review-move": (("cases",), _reviews),
    "web:session": (("cases",), _sessions),
    **{
        f"web:joint{act}": (("cases",), _joint)
        for act in ("", "-accept", "-decline", "-end", "-share", "-hand-in")
    },
    "web:joint-report": (("cases",), _joint_tasks),
    "web:joint-take": (("cases",), _joint_evidence),
    "web:joint-ask": (("cases",), _case),
    "web:session-say": (("cases",), _session_items),
    "web:money-bill": (("cases",), _bills),
    "web:money-bill-file": (("cases",), lambda p: [{**one, "ending": "docx"} for one in _bills(p)]),
    "web:money-assign": (("cases",), _bank_lines),
    "web:money-send-back": (("cases",), _bank_lines),
    "web:money-return": (("cases",), _bank_lines),
    "web:case-step": (("cases",), _moves),
    "web:case-step-preview": (("cases",), _moves),
    "web:case-step-weigh": (("cases",), _moves),
    "web:case-like": (("cases",), lambda p: [{**m, "like_pk": p.closed.pk} for m in _moves(p)]),
    "web:case-evidence": (("cases",), _case),
    "web:case-check": (("cases",), _case),
    "web:case-recordings": (("cases",), _case),
    "web:case-recording-tie": (("cases",), _case),
    "web:case-recording-explain": (("cases",), _case),
    "web:case-recording-leave": (("cases",), _case),
    "web:goods-list": (("cases",), _goods_lists),
    "web:case-matter-new": (("cases",), _beginnings),
    "web:case-matter-preview-new": (("cases",), _beginnings),
    "web:case-matter-step": (("cases",), _matters),
    "web:case-matter-preview-step": (("cases",), _matters),
    "web:case-exhibit": (
        ("cases", "evidence"),
        lambda p: [{"pk": p.case.pk, "exhibit_pk": p.exhibit.pk}],
    ),
    "web:case-paper": (("cases",), lambda p: [{"pk": p.case.pk, "paper_pk": d} for d in _document(p)]),
    "web:case-paper-file": (
        ("cases",),
        lambda p: [{"pk": p.case.pk, "paper_pk": d, "ending": "docx"} for d in _document(p)],
    ),
    "web:case-papers": (("cases",), lambda p: [{"pk": p.case.pk}]),
    "web:case-volume": (("cases",), lambda p: [{"pk": p.case.pk}]),
    "web:case-bind": (("cases",), lambda p: [{"pk": p.case.pk}]),
    "web:case-drafts": (("cases",), lambda p: [{"pk": p.case.pk}]),
    "web:case-draft": (
        ("cases",),
        lambda p: [{"pk": p.case.pk, "kind": "filing_form", "ending": "docx"}],
    ),
    "web:case-paper-sign": (("cases",), lambda p: [{"pk": p.case.pk, "paper_pk": d} for d in _document(p)]),
    "web:form": (("cases",), _forms),
    "web:case-court-papers": (("cases",), lambda p: [{"pk": p.case.pk}]),
    "web:lead": (("leads",), _lead),
    "web:lead-reporter": (("reporters",), _lead),
    "web:lead-photo": (("leads",), _media),
    "web:lead-act": (("leads",), _acts),
    **{f"web:duty-{n}": (("duty",), _of_duty("Shift")) for n in ("shift", "shift-cancel", "swap-ask", "appeal")},
    "web:duty-swap": (("duty",), _of_duty("Swap", "shift__unit")),
    "web:duty-appeal-decide": (("appeals",), _of_duty("Appeal", "shift__unit")),
    "web:duty-check-in-page": (("appeals",), _of_duty("CheckIn")),
    "web:duty-point-close": (("duty",), _of_duty("Point")),
    "web:duty-task": (("duty",), _of_duty("Task")),
    "web:duty-recordings": (("duty",), _of_duty("Task", kind="task")),
    "web:duty-task-act": (("duty",), _of_duty("Task", do="report")),
    "web:duty-call": (("duty",), _of_duty("Call")),
    "web:duty-operation": (("duty",), _of_duty("Operation")),
    "web:duty-operation-report": (("duty",), _of_duty("Operation")),
    **{
        f"web:exhibit{act}": (("evidence",), _exhibit)
        for act in (
            "", "-file", "-picture", "-play", "-copy", "-export", "-clip", "-blur", "-blur-frame", "-time", "-stamp",
        )
    },
    **{f"web:recording{act}": (("evidence",), _recordings) for act in ("", "-ask", "-hold")},
    "web:hold-ask-lift": (("evidence",), _holds),
    "web:hold-lift": (("evidence",), _holds),
    **{f"web:destruction{act}": (("evidence",), _destructions) for act in ("", "-report", "-review", "-destroy")},
    **{
        f"web:device{act}": (("devices",), _devices)
        for act in ("", "-track", "-gpx", "-code", "-withdraw", "-change", "-import", "-report")
    },
    "web:device-order": (("devices",), lambda p: [{**row, "kind": "text"} for row in _devices(p)]),
    "web:device-order-withdraw": (("devices",), _device_orders),
    "web:device-fault": (("devices",), _device_faults),
    "web:device-mend": (("devices",), _device_faults),
    "web:odd-frame": (("devices",), _odd_frames),
    "web:odd-look": (("devices",), _odd_frames),
    **{
        f"web:sample{act}": (("oversight",), _of_duty("Sample", room="oversight"))
        for act in ("", "-watch", "-judge", "-reply", "-appeal", "-decide", "-close", "-back")
    },
    **{
        f"web:correction{act}": (("oversight",), _of_duty("Correction", room="oversight", kind="correction"))
        for act in ("-reply", "-appeal", "-decide", "-close", "-back")
    },
    "web:correction": (("oversight",), _of_duty("Correction", room="oversight")),
    "web:command-order": (("duty",), _of_duty("Order", room="command")),
    "web:command-sign": (("duty",), _of_duty("Order", room="command")),
    "web:command-order-act": (("duty",), _of_duty("Order", room="command", do="withdraw")),
    "web:command-alarm": (("alarms",), _of_duty("Alarm", room="command")),
    "web:command-mover": (("alarms",), _devices),
    "web:command-track": (("alarms",), _devices),
    "web:party": (("registers",), _party),
    "web:party-edit": (("registers",), _party),
    "web:party-premises": (("registers",), _party),
    "web:party-vehicles": (("registers",), _party),
    "web:search-peek": (("any",), _peeks),
}  # fmt: skip
# Routes that need something but name no row of a place.
OF_NO_PLACE: Mapping[str, Kwargs] = {
    "open311:discovery": {"ending": "json"},
    "open311:services": {"ending": "json"},
    "open311:service": {"code": "street_vending", "ending": "json"},
    "open311:requests": {"ending": "json"},
    "open311:updates": {"ending": "json"},
    "web:end-my-session": {"pk": 1},
    "web:user": {"pk": 1},
    "web:disable-user": {"pk": 1},
    "web:enable-user": {"pk": 1},
    "web:end-session": {"pk": 1, "session": 1},
    "web:law-cause": {"code": "SR11"},
    "web:template": {"pk": 1},
    "web:note-withdraw": {"pk": 1},
    "web:delegation": {"pk": 1},
    "web:delegation-mentor": {"pk": 1},
    "web:delegation-back": {"pk": 1},
    "web:delegation-rows": {"figure_id": "B06"},
    "web:note-mark": {"pk": 1},
    "web:command-switch": {"kind": "still"},
    "web:draw": {"pk": 1},
    **{f"web:exchange-{act}": {"pk": 1} for act in ("subscription", "resume", "rotate", "again")},
    "web:exchange-delivery": {"pk": 1, "delivery_pk": 1},
    "web:exchange-stop": {"pk": 1, "do": "pause"},
    "web:duty-event": {"pk": 1},
    "web:duty-event-end": {"pk": 1},
    "web:duty-reserve-new": {"pk": 1},
    "web:duty-send-draft": {"key": "lead-new"},
    "web:figure": {"figure_id": "J01"},
    "web:figure-data": {"figure_id": "J01", "ending": "json"},
    "web:drop-draft": {"key": "lead-new"},
    "web:draft": {"key": "lead-new"},
    "web:check": {"kind": "text"},
    "web:save-filter": {"room": "cases"},
    "web:drop-filter": {"pk": 1},
}
# Routes that hand out what a place's words may be asked for: by search, filter and export.
QUERIES = ("q", "text")
LISTS = (
    "web:cases", "web:leads", "web:parties", "web:premises", "web:vehicles", "web:search", "web:today", "web:figures",
    "web:case-remedies", "web:sessions", "web:duty-rounds", "web:joint-works",
    "web:devices", "web:devices-watched", "web:device-faults", "web:device-orders", "web:odd-frames", "web:record",
    "web:money", "web:money-bank", "web:forms",
    "web:case-parties", "web:party-suggest", "api:cases", "api:list_leads", "api:find_parties",
)  # fmt: skip
EXPORTS = (
    "web:cases",
    "web:leads",
    "web:parties",
    "web:premises",
    "web:vehicles",
    "web:devices",
    "web:device-faults",
    "web:device-orders",
    "web:record",
    "web:money",
    "web:forms",
    "web:duty",
    "web:command-orders",
    "web:command-alarms",
    "web:samples",
    "web:corrections",
    "web:holds",
    "web:duty-tasks",
    "web:duty-check-ins",
)
# Signing out would end the walk.
LEFT_OUT = {"web:logout"}


def body(response: HttpResponseBase) -> str:
    if getattr(response, "streaming", False):
        content = b"".join(getattr(response, "streaming_content", ()))
    else:
        content = getattr(response, "content", b"")
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            content = b"".join(packed.read(name) for name in packed.namelist() if name.endswith(".xml"))
    return bytes(content).decode("utf-8", "replace")


def leaks(response: HttpResponseBase, words: frozenset[str]) -> list[str]:
    text = body(response)
    return sorted(word for word in words if word in text)


def ask(client: Client, url: str, post: bool = False) -> HttpResponseBase:
    return client.post(url, {}) if post else client.get(url)


def test_every_route_is_asked() -> None:
    needing = {name for name, needs in routes().items() if needs}
    assert ASKED.keys() | OF_NO_PLACE.keys() == needing


def test_the_lists_that_are_searched_and_exported_are_routes() -> None:
    assert set(LISTS) | set(EXPORTS) | LEFT_OUT <= routes().keys()


def plain_urls() -> list[str]:
    """Every address that names no row: without and with an export, a search word of each place, a foreign filter."""
    found = [reverse(name) for name, needs in routes().items() if not needs and name not in LEFT_OUT]
    found += [reverse(name, kwargs=kwargs) for name, kwargs in OF_NO_PLACE.items()]
    found += [f"{reverse(name)}?format=csv" for name in EXPORTS]
    return [*found, f"{reverse('web:figure-data', kwargs={'figure_id': 'J01', 'ending': 'csv'})}?year=2026"]


def searches(world: World) -> Iterator[str]:
    yield f"{reverse('web:figure', kwargs={'figure_id': 'J01'})}?year=2026"
    for place in world.places.values():
        mark = place.name
        asked = (
            (
                "web:search",
                (f"case{mark}", f"lead{mark}", f"party{mark}", place.vehicle.plate, place.case.number),
            ),
            ("web:cases", (f"party{mark}", place.case.number)),
            ("web:leads", (f"lead{mark}",)),
            ("web:parties", (f"party{mark}", place.party.id_no)),
            ("web:vehicles", (place.vehicle.plate,)),
        )
        for name, texts in asked:
            yield from (f"{reverse(name)}?{urlencode({'q': text})}" for text in texts)
        for name in (
            "web:party-suggest",
            "web:case-parties",
            "api:find_parties",
            "api:cases",
            "api:list_leads",
        ):
            yield f"{reverse(name)}?{urlencode({'q': f'party{mark}', 'text': f'party{mark}'})}"
        yield f"{reverse('web:cases')}?{urlencode({'unit': place.unit.pk, 'format': 'csv'})}"
        yield f"{reverse('api:cases')}?{urlencode({'unit': place.unit.code})}"


@pytest.mark.slow
@WALK
@SEATED
def test_no_page_list_search_or_export_tells_of_a_row_that_is_not_seen(
    world: World, role: str, seat: str
) -> None:
    forbidden, told = world.forbidden(role, seat), []
    with clock.held_at(LATER):
        client = world.client(role, seat)
        for url in (*plain_urls(), *searches(world)):
            response = ask(client, url)
            assert response.status_code < 500, url
            if url.startswith(reverse("web:record")) and "record.see" in ROLES[role].permissions:
                continue  # The whole record, with the names of what it is about, is what an auditor reads.
            # A page may say back what was searched for.
            words = {
                w for w in forbidden if w.lower() not in url.lower() and urlencode({"q": w})[2:] not in url
            }
            told += [f"{url} tells {word}" for word in leaks(response, frozenset(words))]
    assert not told, "\n".join(told)


def seen_by(role: str, seat: str, place: Place, columns: tuple[str, ...], kwargs: Kwargs) -> bool:
    if columns == ("public",):
        return False
    if columns == ("any",):
        columns = ({"case": "cases", "lead": "leads", "party": "registers"}[kwargs["kind"]],)
    return all(place.name in places_seen(role, seat, column) for column in columns)


def asked_of(world: World, role: str, seat: str) -> Iterator[tuple[str, bool]]:
    """The address of every route for the rows of every place, and whether `role` sees the row."""
    for name, (columns, asking) in ASKED.items():
        for place in world.places.values():
            for kwargs in asking(place):
                yield reverse(name, kwargs=kwargs), seen_by(role, seat, place, columns, kwargs)


def breaches(client: Client, url: str, seen: bool, forbidden: frozenset[str]) -> Iterator[str]:
    """What an address answers or tells that it may not."""
    for post in (False,) if seen else (False, True):
        response = ask(client, url, post)
        away = TURNED_AWAY | UNREADABLE if url.startswith("/api/") and post else TURNED_AWAY
        if not seen and response.status_code not in away:
            yield f"{'POST' if post else 'GET'} {url} answers {response.status_code}"
        yield from (f"{url} tells {word}" for word in leaks(response, forbidden))


def once_for_each(asking: Callable[..., Any], whose: Callable[[Any], int]) -> Callable[..., Any]:
    """The answer to a person's first question, given to all of theirs: hundreds of refusals go to one, on one day."""
    kept: dict[int, Any] = {}

    def first(asked: Any, *more: Any) -> Any:
        person = whose(asked)
        if person not in kept:
            kept[person] = asking(asked, *more)
        return kept[person]

    return first


def bare(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What is not found, said without the frame, which is the same around every page."""
    return HttpResponseNotFound(str(exception))


@pytest.fixture
def frameless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hundreds of refusals to one person: who that is and what their rail counts is asked once."""
    monkeypatch.setattr(rooms, "rail", once_for_each(rooms.rail, lambda request: request.user.pk))
    monkeypatch.setattr(org, "actor_for", once_for_each(org.actor_for, lambda user: user.pk))
    monkeypatch.setattr(urls, "handler404", bare, raising=False)


@pytest.mark.slow
@WALK
@SEATED
@pytest.mark.usefixtures("frameless")
def test_no_route_answers_for_a_row_that_is_not_seen(world: World, role: str, seat: str) -> None:
    forbidden = world.forbidden(role, seat)
    with clock.held_at(LATER + timedelta(minutes=1)):
        client = world.client(role, seat)
        wrong = [
            breach
            for url, seen in asked_of(world, role, seat)
            for breach in breaches(client, url, seen, forbidden)
        ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.slow
def test_a_row_that_is_seen_is_answered_for(world: World) -> None:
    """What is refused above is not refused to everybody."""
    with clock.held_at(LATER):
        client, place = world.client("squad_head", "east"), world.places["east"]
        for name in (
            "web:case",
            "web:lead",
            "web:party",
            "web:case-paper",
            "api:case",
            "api:read_lead",
            "api:read_party",
        ):
            for kwargs in ASKED[name][1](place):
                assert ask(client, reverse(name, kwargs=kwargs)).status_code == 200, name
        listed = body(ask(client, reverse("web:cases")))
    assert place.case.number in listed
    assert all(world.places[name].case.number not in listed for name in PLACES if name != "east")


@pytest.mark.parametrize(
    "url", ["/cases/", "/leads/", "/parties/", "/figures/", "/", "/record/", "/api/cases", "/api/leads"]
)
def test_whoever_is_not_signed_in_is_sent_to_the_door(world: World, url: str) -> None:
    assert Client().get(url).status_code in {302, 401}
