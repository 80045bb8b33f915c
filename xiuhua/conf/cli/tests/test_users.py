"""`xiuhua users`: accounts and keys are made, printed once and ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from pytest_django import DjangoDbBlocker

from xiuhua.conf.cli import main
from xiuhua.conf.demo_people import demo_rows, make_demo_users
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM
from xiuhua.kernel.models import Area
from xiuhua.kernel.tests.kept import kept
from xiuhua.org import queries, rules
from xiuhua.org.actions import reference as org
from xiuhua.org.models import Officer, User
from xiuhua.org.rules.tables import read

pytestmark = [pytest.mark.processes, pytest.mark.slow]

Tell = Callable[..., tuple[int, str, str]]


def lay_units() -> None:
    """Every unit of the reference files, without their areas' shapes."""
    folder: Path = settings.REFERENCE_DIR
    shapes = (org.STREETS, *(sheet.shape for sheet in org.SHEETS))
    tables = {s.file: read(s, (folder / s.file).read_text(encoding="utf-8")) for s in shapes}
    names = ("code", "name", "kind", "lon", "lat", "area_km2", "source")
    Area.objects.bulk_create(
        Area(**{n: row[n] for n in names}, geometry={}) for row in tables["streets.csv"].rows
    )
    for sheet in (org.UNITS, org.AUTHORITY):
        org.load(sheet, tables[sheet.file], tables, by=SYSTEM, at=clock.now())


@pytest.fixture(scope="module")
def whole_bureau(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    yield from kept(django_db_blocker, lay_units)


@pytest.fixture
def bureau(whole_bureau: None, db: None) -> None:
    """The units, in the transaction of one test."""


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Tell:
    def run(*args: str) -> tuple[int, str, str]:
        code = main(["users", *args])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def signs_in(login: str, password: str) -> bool:
    return ModelBackend().authenticate(None, username=login, password=password) is not None


def added(tell: Tell, login: str = "li", role: str = "statistics_clerk", unit: str = "OFF-GENERAL") -> str:
    """Add an account; its password as printed."""
    code, out, err = tell(
        "add", login, "--name", "示例李", "--staff-no", f"N-{login}", "--unit", unit, "--role", role
    )
    assert code == 0, err
    return out.removeprefix(f"{login}: ").strip()


def test_the_demo_has_somebody_for_every_role_and_everybody_is_invented() -> None:
    assert {row["role"] for row in demo_rows()} == set(rules.ROLES)
    assert all(row["name"].startswith("示例") for row in demo_rows())


@pytest.mark.usefixtures("bureau")
@pytest.mark.slow
def test_the_people_of_the_demo_can_sign_in_and_do_what_their_role_says() -> None:
    at = clock.now()
    made = make_demo_users(by=SYSTEM, at=at, password="示例-demo-password")
    for row, one in zip(demo_rows(), made, strict=True):
        user = queries.user_by_login(row["login"])
        assert user is not None
        assert signs_in(row["login"], one.password) is (row["role"] != "intake")
        actor = queries.actor_for(user, at)
        assert actor.roles == {row["role"]}
        assert actor.grants[0].authority_id is not None
    squad = queries.unit_by_code("SQ-310115016")
    assert squad is not None
    assert len(queries.officers_of(squad, clock.day_of(at), certified=True)) >= 2
    again = make_demo_users(by=SYSTEM, at=at)
    assert {m.password for m in again} == {""}
    assert User.objects.count() == len(made)


@pytest.mark.usefixtures("bureau")
def test_demo_prints_one_password_and_lists_all(tell: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    two = [row for row in demo_rows() if row["login"] in {"officer1", "intake"}]
    monkeypatch.setattr("xiuhua.conf.demo_people.demo_rows", lambda: two)
    code, out, _ = tell("demo")
    assert code == 0
    lines = out.splitlines()
    assert lines[0].split() == ["login", "name", "role", "unit", "password"]
    assert signs_in("officer1", lines[1].split()[-1])
    assert lines[2].endswith("(key only)")
    assert tell("demo")[1].count("(unchanged)") == 2
    listed = tell("list")[1]
    assert "花木中队 执法队员" in listed


@pytest.mark.usefixtures("bureau")
def test_an_added_person_signs_in_and_a_disabled_one_is_out(tell: Tell) -> None:
    password = added(tell)
    assert signs_in("li", password)
    raw = tell("key", "li", "--label", "来件")[1].strip()
    assert queries.key_user(raw) is not None
    assert tell("disable", "li", "--reason", "离职")[0] == 0
    assert not signs_in("li", password)
    assert queries.key_user(raw) is None
    assert "已停用" in tell("list")[1]


@pytest.mark.usefixtures("bureau")
def test_a_new_password_replaces_the_old_one(tell: Tell) -> None:
    old = added(tell)
    new = tell("password", "li")[1].removeprefix("li: ").strip()
    assert signs_in("li", new)
    assert not signs_in("li", old)


@pytest.mark.usefixtures("bureau")
def test_a_machine_gets_a_key_and_no_password(tell: Tell) -> None:
    words = (
        "add",
        "m",
        "--name",
        "示例机",
        "--staff-no",
        "M1",
        "--unit",
        "BUREAU",
        "--role",
        "intake",
        "--key-only",
    )
    assert "make a key" in tell(*words)[1]
    assert not User.objects.get(login="m").has_usable_password()


@pytest.mark.usefixtures("bureau")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("password", "nobody"), "没有账号“nobody”"),
        (
            ("add", "a", "--name", "示例", "--staff-no", "1", "--unit", "NONE", "--role", "officer"),
            "没有代码为“NONE”",
        ),
        (
            ("add", "a", "--name", "示例", "--staff-no", "1", "--unit", "BUREAU", "--role", "king"),
            "没有角色“king”",
        ),
        (
            ("add", "a", "--name", "示例", "--staff-no", "1", "--unit", "BUREAU", "--role", "officer"),
            "不能在上海市浦东新区城市管理行政执法局任职",
        ),
    ],
)
def test_a_wrong_call_says_what_is_wrong_and_leaves_nothing(
    tell: Tell, words: tuple[str, ...], said: str
) -> None:
    code, _, err = tell(*words)
    assert code == 1
    assert said in err
    assert not Officer.objects.exists()


@pytest.mark.usefixtures("bureau")
def test_a_login_that_is_taken_leaves_no_person_behind(tell: Tell) -> None:
    added(tell)
    before = Officer.objects.count()
    words = (
        "add",
        "li",
        "--name",
        "示例",
        "--staff-no",
        "N2",
        "--unit",
        "BUREAU",
        "--role",
        "leader_read_only",
    )
    assert tell(*words)[0] == 1
    assert Officer.objects.count() == before
