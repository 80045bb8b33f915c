"""A few invented weeks of a bureau, laid out through the same actions that people use: for pictures and journeys.

    XIUHUA_VAR_DIR=… python -m xiuhua.conf.testing.sample PASSWORD

Needs the reference tables. Everybody of the demo gets PASSWORD; the same run gives the same rows, but for the times,
which are counted back from now.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import django
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiuhua.conf.settings")
# What is shared is made here, and goes nowhere: the served bureau has no name of its own.
os.environ.setdefault("XIUHUA_EXCHANGE_ORIGIN", "events.xiuhua.example")
django.setup()

from xiuhua.cases import actions as cases  # noqa: E402 - models are there only after the setup
from xiuhua.cases import queries as case_queries  # noqa: E402
from xiuhua.cases.actions.opening import Opening  # noqa: E402
from xiuhua.conf.demo_people import make_demo_users  # noqa: E402
from xiuhua.conf.testing import sample_tapes, sample_watch  # noqa: E402
from xiuhua.exchange import actions as exchange  # noqa: E402
from xiuhua.exchange import queries as exchange_queries  # noqa: E402
from xiuhua.kernel import clock  # noqa: E402
from xiuhua.kernel.authz import SYSTEM, Actor  # noqa: E402
from xiuhua.kernel.models import Area  # noqa: E402
from xiuhua.leads import actions as leads  # noqa: E402
from xiuhua.leads import queries as lead_queries  # noqa: E402
from xiuhua.org import queries as org  # noqa: E402
from xiuhua.registers import actions as registers  # noqa: E402
from xiuhua.registers import rules as register_rules  # noqa: E402
from xiuhua.simulation import moving, shifts, stores  # noqa: E402
from xiuhua.simulation.world import load  # noqa: E402

LEADS, CITIZENS, CASES = 48, 18, 8
HOME = "310115016"
ROADS = ("锦绣路", "芳甸路", "牡丹路", "梅花路", "白杨路", "玉兰路", "浦三路", "东绣路")
SAID = (
    "商户把桌椅摆到人行道上，行人只能走机动车道。",
    "夜里十一点还在施工，电钻声音很大。",
    "建筑垃圾堆在路边三天没人清。",
    "小区门口每天早上有五六个菜摊。",
    "广告牌松动，刮风时晃得厉害。",
    "饭店油烟直接排到居民楼窗户。",
)
FIRMS = (
    "示例餐饮管理有限公司",
    "示例便利店",
    "示例装饰工程有限公司",
    "示例渣土运输有限公司",
    "示例物业服务有限公司",
)
SIGNS = "甲乙丙丁戊己庚辛壬癸"


@dataclass
class Street:
    """Who acts, when, and the dice."""

    now: datetime
    dice: random.Random

    def actor(self, login: str) -> Actor:
        user = org.user_by_login(login)
        assert user is not None, login
        return org.actor_for(user, self.now)

    def place(self) -> str:
        return f"{self.dice.choice(ROADS)}{self.dice.randint(1, 900)}号"


def lay_out(password: str) -> None:
    """Everything, in the order in which one needs another."""
    street = Street(clock.now(), random.Random(2018))  # noqa: S311 - dice of a sample
    make_demo_users(by=SYSTEM, at=street.now, password=password)
    _parties(street)
    _leads(street)
    _cases(street)
    _tapes(street)
    shifts.lay_out(load(Path(settings.REFERENCE_DIR)), street.now, 2018)
    moving.lay_out(load(Path(settings.REFERENCE_DIR)), street.now, 2018)
    stores.lay_out(load(Path(settings.REFERENCE_DIR)), street.now, 2018)
    _sharing(street)


def _parties(street: Street) -> None:
    officer = street.actor("officer1")
    for n, firm in enumerate(FIRMS):
        body = f"91310000MA{n:07d}"
        party = registers.register_party(
            kind="organisation",
            name=f"上海{firm}",
            credit_code=body + register_rules.credit_code_sum(body),
            representative=f"示例{SIGNS[n]}",
            address=f"花木街道锦绣路{100 + n}号",
            phone="02100000000",
            by=officer,
            at=street.now,
        )
        registers.register_premises(
            name=f"{firm[:4]}门店", address=f"锦绣路{100 + n}号 1 层", party=party, by=officer, at=street.now
        )
    registers.register_vehicle(
        plate="沪A12345", colour="yellow", kind="muck_truck", by=officer, at=street.now
    )
    for n in range(CITIZENS):
        body = f"310000199{n % 10}0101{n:03d}"
        registers.register_party(
            kind="citizen",
            name=f"示例{SIGNS[n % 10]}{'一二'[n // 10]}",
            id_no=body + register_rules.resident_id_sum(body),
            address=f"花木街道示例路{n + 1}号",
            by=officer,
            at=street.now - timedelta(days=n),
        )


def _sharing(street: Street) -> None:
    """The city's platform has been told for two days; what there is to tell is laid out for it."""
    since = street.now - timedelta(days=2)
    exchange.subscribe(
        agency="示例市城市运行管理中心",
        contact="示例值班室 021-00000000",
        url="https://events.city.example/xiuhua",
        scheme="v1",
        purpose="市级平台汇总全市执法力量分布和问题办理情况",
        basis="示例：全市城市运行一网统管工作方案",
        kinds=list(exchange_queries.kinds()),
        units=[],
        areas=[],
        interval=60,
        rate=120,
        valid_from=clock.day_of(since),
        valid_to=clock.day_of(since) + timedelta(days=365),
        by=street.actor("deputy"),
        at=since,
    )
    exchange.look(at=street.now)


def _areas() -> list[Area]:
    """Most things happen at home, the rest anywhere."""
    found = list(Area.objects.exclude(kind=Area.Kind.SPECIAL))
    home = [area for area in found if area.code == HOME]
    return home * len(found) + found


def _leads(street: Street) -> None:
    kinds = [k for k in lead_queries.kinds() if not any(q.required for q in lead_queries.questions_of(k))]
    areas = _areas()
    for n in range(LEADS):
        at = street.now - timedelta(hours=LEADS - n, minutes=street.dice.randint(0, 59))
        area = street.dice.choice(areas)
        lead = leads.register(
            kind=street.dice.choice(kinds),
            source=street.dice.choice(("report", "hotline", "open311", "camera")),
            content=street.dice.choice(SAID),
            place=street.place(),
            lon=area.lon,
            lat=area.lat,
            reporter=leads.Reported(name="示例市民", phone="13800000000") if n % 2 else None,
            by=SYSTEM,
            at=at,
        )
        for act in _road(street.dice.randint(0, 6)):
            at += timedelta(minutes=street.dice.randint(5, 40))
            act(lead, at)


def _tapes(street: Street) -> None:
    """What body cameras recorded at the same squad."""
    first, unit = org.user_by_login("officer1"), org.unit_by_code(f"SQ-{HOME}")
    assert first is not None
    assert first.officer is not None
    assert unit
    sample_tapes.lay(unit, first.officer, street.actor("officer1"), street.now)
    sample_watch.lay(unit, first.officer, street.actor, street.now)


def _road(length: int) -> Iterator[Any]:
    """How far a lead has come: nothing yet, verified, dispatched, accepted, settled or returned."""
    steps = [
        lambda lead, at: leads.verify(lead=lead, by=SYSTEM, at=at),
        lambda lead, at: leads.dispatch(lead=lead, by=SYSTEM, at=at),
        lambda lead, at: leads.accept(lead=lead, by=SYSTEM, at=at),
        lambda lead, at: leads.settle(lead=lead, outcome="persuaded", note="当场收摊", by=SYSTEM, at=at),
    ]
    if length == 5:
        yield from steps[:2]
        yield lambda lead, at: leads.return_(lead=lead, reason="不在本中队辖区", by=SYSTEM, at=at)
    else:
        yield from steps[: min(length, 4)]


def _cases(street: Street) -> None:
    """Ordinary cases of one squad, from the first step to the filing."""
    first, second = (org.user_by_login(name) for name in ("officer1", "officer2"))
    unit = org.unit_by_code(f"SQ-{HOME}")
    assert first
    assert second
    assert unit
    home = Area.objects.get(code=HOME)
    today = clock.day_of(street.now)
    causes = [c for c in case_queries.causes(today) if c.group == "SR"]
    for n in range(CASES):
        case = cases.open_case(
            opening=Opening(
                procedure="ordinary",
                unit=unit,
                cause=causes[n % len(causes)],
                place=street.place(),
                found_on=today,
                area=home,
                officers=[first.officer, second.officer],
                new_party={"kind": "citizen", "name": f"示例{SIGNS[n]}三", "address": f"花木街道示例路{n}号"},
                facts="巡查时发现，摊位占用人行道约六平方米。",
            ),
            by=street.actor("officer1"),
            at=street.now,
        )
        for move, login, values in MOVES[: n % (len(MOVES) + 1)]:
            cases.take(case=case, move=move, values=values, by=street.actor(login), at=street.now)


MOVES: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("check_lead", "officer1", {"inspection.certificate_shown": True, "inspection.party_signed": True}),
    ("propose_filing", "officer1", {}),
    ("approve_filing", "squadhead", {}),
    ("assign_officers", "squadhead", {}),
)


if __name__ == "__main__":
    lay_out(sys.argv[1])
