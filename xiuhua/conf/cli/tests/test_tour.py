"""The tour of the demo: accounts that exist, what to try, the address, the password and the keys."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from xiuhua.conf.cli import tour
from xiuhua.conf.demo_people import demo_rows

pytestmark = pytest.mark.processes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / tour.PASSWORD).write_text("示例-password")
    (tmp_path / tour.KEYS).write_text(json.dumps({"intake": "key-one", "auditor": "key-two"}))
    return tmp_path


def test_it_names_address_password_and_where_the_keys_lie_but_no_key(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tour.tell(folder, 8123)
    said = capsys.readouterr().out
    assert "password of them all: 示例-password" in said
    assert f"API keys of 2 accounts: {folder / tour.KEYS}" in said
    assert "http://127.0.0.1:8123 " in said
    assert "key-one" not in said


def test_every_account_worth_trying_has_a_line_with_name_role_and_what_to_try(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tour.tell(folder, 8000)
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].split()[:3] == ["login", "name", "role"]
    told = {line.split()[0]: line for line in lines[2 : 2 + len(tour.TRY)]}
    assert told.keys() == tour.TRY.keys()
    assert all(line.endswith(tour.TRY[login]) for login, line in told.items())
    assert "示例" in told["officer1"]
    assert "执法队员" in told["officer1"]


def test_the_accounts_of_the_tour_and_of_the_street_are_people_of_the_demo() -> None:
    logins = {row["login"] for row in demo_rows()}
    assert tour.TRY.keys() <= logins
    assert set(tour.WITH_KEYS) <= logins
