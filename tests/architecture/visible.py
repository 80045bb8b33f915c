"""Who sees what: the table that holds for every model, list, search, count, export, figure and route.

A bureau with three places: squads east and west act in the bureau's name, the town's squad in its government's. At each
place lie a lead, two cases, a party, and what belongs to them, all named by words that stand nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.test import Client
from shapely import LineString

from tests.architecture import on_duty, on_map, on_road, on_share, on_tape, on_watch
from xiuhua.cases import actions as cases
from xiuhua.cases.models import (
    BankFile,
    BankLine,
    Case,
    CaseParty,
    Document,
    FineBill,
    GuidanceNote,
    HardSession,
    JointEvidence,
    JointOfficer,
    JointShare,
    JointTask,
    JointWork,
    Matter,
    NoteMark,
    OutlierReason,
    PaperForm,
    Remedy,
    Review,
    ReviewDivision,
    ReviewLine,
    SessionItem,
    SessionOpinion,
    SessionSeat,
    Signature,
    Volume,
)
from xiuhua.cases.tests.bench.bench import CHECKED, O1, O2, Bench
from xiuhua.evidence import actions as evidence
from xiuhua.evidence.models import Exhibit
from xiuhua.kernel import files, record, roads
from xiuhua.kernel.authz import SYSTEM, Actor, Reach
from xiuhua.leads import actions as leads
from xiuhua.leads.models import Lead
from xiuhua.leads.tests.desk import JPEG
from xiuhua.org import actions as org
from xiuhua.org.models import Specimen, Unit, User
from xiuhua.org.queries import actor_for
from xiuhua.org.rules import ROLES
from xiuhua.registers import actions as registers
from xiuhua.registers.models import Party, Premises, Vehicle
from xiuhua.registers.rules.numbers import resident_id_sum
from xiuhua.registers.tests.bureau import AT, EAST, TOWN, WEST

LATER = AT + timedelta(days=20)
KEPT = "evidence_registration"
PLACES = ("east", "west", "town")
POINTS = {"east": EAST, "west": WEST, "town": TOWN}
PLATES = {"east": "沪A1E001", "west": "沪A1W001", "town": "沪A1T001"}
HOLDER = "holder"

# Role → how far it sees cases, leads, registers, evidence, and who reported: own, authority, bureau, or nothing (-).
# `posted`: what a machine brought in itself.
DESK: Mapping[str, tuple[str, ...]] = {
    #                          cases        leads        registers    evidence     reporters
    "officer":                ("own",       "own",       "own",       "own",       "own"),
    "auxiliary":              ("-",         "own",       "-",         "-",         "-"),
    "squad_legal_clerk":      ("own",       "own",       "own",       "own",       "own"),
    "squad_head":             ("own",       "own",       "own",       "own",       "own"),
    "brigade_head":           ("own",       "own",       "own",       "own",       "own"),
    "case_centre_reviewer":   ("authority", "-",         "authority", "authority", "-"),
    "legal_reviewer":         ("authority", "-",         "authority", "authority", "-"),
    "bureau_deputy_head":     ("authority", "authority", "authority", "authority", "-"),
    "bureau_head":            ("authority", "authority", "authority", "authority", "-"),
    "town_approver":          ("authority", "authority", "authority", "authority", "-"),
    "hearing_host":           ("authority", "-",         "-",         "authority", "-"),
    "duty_dispatcher":        ("-",         "bureau",    "-",         "-",         "-"),
    "command_operator":       ("-",         "bureau",    "-",         "-",         "-"),
    "complaint_clerk":        ("-",         "bureau",    "-",         "-",         "-"),
    "evidence_custodian":     ("bureau",    "-",         "-",         "bureau",    "-"),
    "supervision_inspector":  ("bureau",    "bureau",    "bureau",    "bureau",    "-"),
    "file_reviewer":          ("bureau",    "-",         "bureau",    "bureau",    "-"),
    "statistics_clerk":       ("bureau",    "-",         "-",         "-",         "-"),
    "publicity_clerk":        ("bureau",    "-",         "-",         "-",         "-"),
    "leader_read_only":       ("bureau",    "bureau",    "-",         "-",         "-"),
    "auditor":                ("-",         "-",         "-",         "-",         "-"),
    "system_administrator":   ("-",         "-",         "-",         "-",         "-"),
    "security_administrator": ("-",         "-",         "-",         "-",         "-"),
    "intake":                 ("-",         "posted",    "-",         "-",         "posted"),
}  # fmt: skip
# Role → how far it sees the street, and what people appeal there; whoever is not named sees nothing of it.
STREET: Mapping[str, tuple[str, ...]] = {
    "officer":               ("own",       "-"),
    "auxiliary":             ("own",       "-"),
    "squad_legal_clerk":     ("own",       "own"),
    "squad_head":            ("own",       "own"),
    "brigade_head":          ("own",       "own"),
    "bureau_deputy_head":    ("authority", "authority"),
    "bureau_head":           ("authority", "authority"),
    "duty_dispatcher":       ("bureau",    "-"),
    "command_operator":      ("bureau",    "-"),
    "supervision_inspector": ("bureau",    "bureau"),
    "statistics_clerk":      ("bureau",    "-"),
    "leader_read_only":      ("bureau",    "-"),
}  # fmt: skip
# Role → how far it sees the registry of devices that tell positions; whoever is not named sees nothing of it.
ROAD: Mapping[str, str] = {
    "squad_legal_clerk": "own", "squad_head": "own", "brigade_head": "own", "duty_dispatcher": "bureau",
    "command_operator": "bureau", "supervision_inspector": "bureau", "system_administrator": "bureau",
    "statistics_clerk": "bureau",
}  # fmt: skip
# Role → how far it follows people on the map and reads alarms about them. What is said of oneself is tried in the room.
MAP: Mapping[str, str] = {
    "squad_head": "own", "brigade_head": "own", "duty_dispatcher": "bureau",
    "command_operator": "bureau", "supervision_inspector": "bureau",
}  # fmt: skip
# Role → how far it sees recordings that were drawn for oversight, and what was found on them.
WATCH: Mapping[str, str] = {
    "squad_legal_clerk": "own", "squad_head": "own", "brigade_head": "own",
    "bureau_deputy_head": "authority", "bureau_head": "authority", "supervision_inspector": "bureau",
}  # fmt: skip
EXPECTED = {
    role: (
        *desk,
        *STREET.get(role, ("-", "-")),
        ROAD.get(role, "-"),
        MAP.get(role, "-"),
        WATCH.get(role, "-"),
    )
    for role, desk in DESK.items()
}
COLUMNS = (
    *("cases", "leads", "registers", "evidence", "reporters", "duty", "appeals", "devices", "alarms"),
    "oversight",
)

# Where somebody sits → the places of the own unit and those of the authority.
SEATS: Mapping[str, tuple[frozenset[str], frozenset[str]]] = {
    "east": (frozenset({"east"}), frozenset({"east", "west"})),
    "town": (frozenset({"town"}), frozenset({"town"})),
    "brigade": (frozenset(), frozenset({"east", "west"})),
    "top": (frozenset(), frozenset({"east", "west"})),
    "centre": (frozenset(), frozenset({"east", "west"})),
    "office": (frozenset(), frozenset({"east", "west"})),
    "government": (frozenset(), frozenset({"town"})),
}
# Every role where it is held; those of a unit or a name in two places.
HELD: tuple[tuple[str, str], ...] = (
    *(
        (role, seat)
        for role in ("officer", "auxiliary", "squad_legal_clerk", "squad_head")
        for seat in ("east", "town")
    ),
    ("brigade_head", "brigade"),
    ("case_centre_reviewer", "centre"),
    ("legal_reviewer", "office"),
    ("legal_reviewer", "government"),
    ("hearing_host", "office"),
    ("hearing_host", "government"),
    ("bureau_deputy_head", "top"),
    ("bureau_head", "top"),
    ("town_approver", "government"),
    *((role.id, "office") for role in ROLES.values() if role.reach in (Reach.BUREAU, Reach.OWN)),
)


def places_seen(role: str, seat: str, column: str) -> frozenset[str]:
    """The places whose rows of `column` somebody with `role` at `seat` sees."""
    own, named = SEATS[seat]
    reach = EXPECTED[role][COLUMNS.index(column)]
    return {"own": own, "authority": named, "bureau": frozenset(PLACES)}.get(reach, frozenset())


@dataclass
class Place:
    """What lies at one place."""

    name: str
    unit: Unit
    lead: Lead
    case: Case
    closed: Case
    party: Party
    premises: Premises
    vehicle: Vehicle
    exhibit: Exhibit

    @property
    def words(self) -> Mapping[str, frozenset[str]]:
        """Column → the words by which a row of this place would give itself away to somebody who may not see it."""
        mark = self.name.upper()
        return {
            "cases": frozenset({self.closed.number, f"CASE{mark}"}),
            "leads": frozenset({self.lead.number, f"LEAD{mark}"}),
            "registers": frozenset({f"PREM{mark}", self.vehicle.plate, self.party.id_no}),
            "evidence": frozenset(),
            "reporters": frozenset({f"REPO{mark}"}),
            "duty": frozenset({f"DUTY{self.unit.code}"}),
            "devices": frozenset({f"DEVI{self.unit.code}"}),
            "alarms": frozenset({f"ALAR{self.unit.code}"}),
        }

    @property
    def shared_words(self) -> Mapping[str, tuple[str, ...]]:
        """Words that whoever sees one of several columns may read: word → columns."""
        mark = self.name.upper()
        return {
            # Whoever knows a lead may know the number of the case that came of it.
            self.case.number: ("cases", "leads"),
            f"PARTY{mark}": ("cases", "registers"),
            f"SHOW{mark}": ("cases", "evidence"),
            f"EXHI{mark}": ("cases", "evidence"),
        }


@dataclass
class World:
    bench: Bench
    places: dict[str, Place] = field(default_factory=dict)
    posted: Lead | None = None

    def user(self, role: str, seat: str) -> User:
        return self.bench.bureau.user(role, getattr(self.bench.bureau, seat))

    def actor(self, role: str, seat: str) -> Actor:
        return actor_for(self.user(role, seat), LATER)

    def client(self, role: str, seat: str) -> Client:
        """A browser in which somebody with `role` at `seat` is signed in."""
        user, browser = self.user(role, seat), Client(raise_request_exception=True)
        browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        org.start_session(
            user=user,
            session_key=browser.session.session_key or "",
            ip="127.0.0.1",
            agent="test",
            by=self.actor(role, seat),
            at=LATER,
        )
        return browser

    def forbidden(self, role: str, seat: str) -> frozenset[str]:
        """Every word that must reach nobody with `role` at `seat`."""
        found: set[str] = set()
        for place in self.places.values():
            seen = {c for c in COLUMNS if place.name in places_seen(role, seat, c)}
            for column, words in place.words.items():
                # Who reported is read by an act of its own and stands on no page.
                if column not in seen or column == "reporters":
                    found |= words
            found |= {word for word, columns in place.shared_words.items() if seen.isdisjoint(columns)}
        return frozenset(found)


def built() -> World:
    world = World(Bench(()))
    for number, name in enumerate(PLACES):
        world.places[name] = _place(world.bench, name, number)
    _delegated(world.bench)
    on_share.lay(AT)
    road = roads.Line("示例路", "示例路", roads.Grade.LOCAL, LineString([(121.5, 31.2), (121.6, 31.2)]))
    roads.put([road], source="示例", by=SYSTEM, at=AT)
    world.posted = world.bench.desk.posted(content="POSTED 示例来件")
    for role, seat in HELD:
        world.user(role, seat)
    return world


def _delegated(bench: Bench) -> None:
    """Powers that lie with the town, and a mentoring session."""
    town, top = bench.bureau.town, bench.bureau.top
    said: Any = {"document": "示例：文件", "basis": "SHUM §4", "by": SYSTEM, "at": AT}
    made = org.delegate(unit=town, authority=top, cause_group="GD", valid_from=AT.date(), **said)
    held = org.Held(AT.date(), "示例", "示例：带教内容", bench.person(O1, bench.bureau.east), 3)
    org.record_mentoring(delegation=made, held=held, by=SYSTEM, at=AT)


def _place(bench: Bench, name: str, number: int) -> Place:
    unit: Unit = getattr(bench.bureau, name)
    by, mark = bench.actor(O1, unit), name.upper()
    lead = _lead(bench, name, by)
    body = f"1101011990010100{number + 1}"[:17].ljust(17, "1")
    citizen = {"kind": "citizen", "name": f"示例PARTY{mark}", "id_no": body + resident_id_sum(body)}
    said: dict[str, Any] = {"unit": unit, "new_party": citizen, "place": f"示例CASE{mark}路1号"}
    case = bench.open(lead=lead, **said)
    bench.go(case, CHECKED, AT)
    exhibit = evidence.add(
        kind="audio_visual",
        name=f"示例EXHI{mark}",
        data=JPEG + mark.encode(),
        collected_by=[bench.person(O1, unit), bench.person(O2, unit)],
        unit=unit,
        by=by,
        at=AT,
    )
    cases.add_exhibit(case=case, exhibit=exhibit, shows=f"示例SHOW{mark}", by=by, at=AT)
    asked = {"registration.reason": "示例", "registration.wanted": "示例货架，2个，完好"}
    closed = _closed(bench.open(**said), AT)
    for one in (case, closed):
        _registered(one, by, asked if one is case else {})
    party = Party.objects.get(pk=case.party_id or 0)
    made = Place(
        name=name,
        unit=unit,
        lead=Lead.objects.get(pk=lead.pk),
        case=case,
        closed=closed,
        party=party,
        premises=registers.register_premises(
            name=f"示例PREM{mark}", address="示例路1号", party=party, unit=unit, by=by, at=AT
        ),
        vehicle=registers.register_vehicle(
            plate=PLATES[name], colour="blue", kind="car", party=party, unit=unit, by=by, at=AT
        ),
        exhibit=exhibit,
    )
    _joined(made, by, AT, bench.bureau.town)
    on_tape.lay(unit, exhibit, AT)
    on_duty.lay(unit, made.lead, by, bench.person(O2, unit), AT)
    on_road.lay(unit, AT)
    on_map.lay(unit, made.lead, by, AT)
    on_watch.lay(unit, AT)
    return made


def _lead(bench: Bench, name: str, by: Actor) -> Lead:
    mark, (lon, lat) = name.upper(), POINTS[name]
    lead = bench.desk.report(
        content=f"示例LEAD{mark}",
        place=f"示例LEAD{mark}路",
        lon=lon,
        lat=lat,
        reporter=leads.Reported(name=f"REPO{mark}", phone=f"1380000{len(mark)}{ord(mark[0])}"),
        media=[leads.Sent(data=JPEG + mark.encode(), name="photo.jpg")],
    )
    leads.verify(lead=lead, by=bench.desk.dispatcher, at=AT)
    leads.dispatch(lead=lead, by=bench.desk.dispatcher, at=AT, unit=getattr(bench.bureau, name))
    leads.accept(lead=lead, by=by, at=AT)
    return lead


def _registered(case: Case, by: Actor, asked: dict[str, Any]) -> None:
    """Things of the case are in keeping; of the closed one as history that only its row tells."""
    with record.act("示例", by=SYSTEM, at=AT) as act:
        Review(case=case, stage="adjudication", round=1, given_at=AT).save()
        _discussed(case, by, AT)
        _signed(case, by, act)
        act.entry(on=case, facts={})
    if asked:
        cases.begin(case=case, procedure=KEPT, move="ask_registration", values=asked, by=by, at=AT)
        return
    with record.act("示例", by=SYSTEM, at=AT) as act:
        _guided(by, AT)
        ReviewDivision(division="territory", since=AT, reason="示例").save()
        ReviewLine(reviewer_id=by.officer_id or 0, units="SE").save()
        matter = Matter(
            case=case,
            procedure=KEPT,
            number=1,
            state="items_returned",
            state_since=AT,
            ended=True,
            opened_at=AT,
        )
        matter.save()
        Remedy(matter=matter, case=case, kind=Remedy.Kind.RECONSIDERATION, accepted_on=AT.date()).save()
        act.entry(on=case, facts={})


def _discussed(case: Case, by: Actor, at: datetime) -> None:
    """A session on the case among people of its own unit."""
    who, mark = by.officer_id or 0, f"示例DISC{case.handling_unit.code}"
    session = HardSession(held_on=at.date(), place=mark, chair_id=who, convened_at=at, minutes=mark)
    session.save()
    SessionSeat(session=session, officer_id=who).save()
    item = SessionItem(session=session, case=case, question=mark)
    item.save()
    SessionOpinion(item=item, officer_id=who, text=mark, at=at).save()


def _signed(case: Case, by: Actor, act: record.Act) -> None:
    """A document with a signature, a bound volume, and a numbered sheet of the unit."""
    mark, at = f"示例{case.pk}", act.at
    file = files.store(JPEG + mark.encode(), "image/jpeg", act=act)
    specimen = Specimen(officer_id=by.officer_id, file=file, since=at)
    specimen.save()
    document = Document(case=case, kind="filing_form", issued_on=at.date())
    document.save()
    Signature(document=document, officer_id=by.officer_id, specimen=specimen, entry=1, at=at).save()
    Volume(case=case, file=file, pages=1, contents=[], bound_at=at, by_name=mark, entry=1).save()
    PaperForm(
        kind="sampling_voucher",
        number=mark,
        serial=0,
        state=PaperForm.State.ALLOTTED,
        unit=case.handling_unit,
        authority=case.authority,
        received_at=at,
        moved_at=at,
    ).save()


def _joined(place: Place, by: Actor, at: datetime, town: Unit) -> None:
    """A joint investigation that has ended: its rows lie with the case's own unit (the others: test_bench_joint)."""
    who, mark, case = by.officer_id or 0, f"示例JOIN{place.name.upper()}", place.case
    with record.act("示例", by=SYSTEM, at=at) as act:
        work = JointWork(case=case, squad=town, purpose=mark, basis=mark, state="ended", asked_at=at)
        work.save()
        JointOfficer(joint=work, officer_id=who).save()
        JointTask(joint=work, what=mark, due_on=at.date()).save()
        listed = case.exhibits.all()[0]
        JointShare(joint=work, exhibit=listed, shared_at=at).save()
        JointEvidence(
            joint=work, exhibit=place.exhibit, shows=mark, handed_in_at=at, handed_in_by_id=who
        ).save()
        act.entry(on=case, facts={})


def _guided(by: Actor, at: datetime) -> None:
    """A note beside a step, and what a reader said of it."""
    who = by.officer_id or 0
    note = GuidanceNote(
        title="示例", text="示例", moves="inspect", author_id=who, valid_from=at.date(), published_at=at
    )
    note.save()
    NoteMark(note=note, officer_id=who, mark="helped", at=at).save()


def _billed(case: Case, at: datetime) -> None:
    """A bill of the case, and a payment of it that the bank reported."""
    mark, day = f"示例{case.pk}", at.date()
    bill = FineBill(case=case, number=mark, what="示例", issued_on=day, amount=50)
    bill.save()
    file = BankFile(name=mark, sha256=mark, at=at, by_name=SYSTEM.name)
    file.save()
    BankLine(file=file, row=1, reference=mark, paid_on=day, amount=50, payer="示例", bill=bill).save()


def _closed(case: Case, at: datetime) -> Case:
    with record.act("示例", by=SYSTEM, at=at) as act:
        case.state, case.closed_on = "closed", date(2026, 5, 20)
        case.save()
        OutlierReason(case=case, reason="示例理由", fine=0, at=at, by_name=SYSTEM.name).save()
        CaseParty(case=case, party=case.party, code="P2", joined_on=date(2026, 5, 18)).save()
        _billed(case, at)
        act.entry(on=case, facts={})
    return case
