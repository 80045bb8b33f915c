"""`xiuhua export`: the rows that an account may see, in the format that the file's name asks for."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyarrow import parquet
from pytest_django import DjangoDbBlocker

from xiuhua.conf.cli import main
from xiuhua.kernel.tests.kept import fresh, kept
from xiuhua.leads.tests.desk import Desk
from xiuhua.registers.tests.bureau import built

Tell = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def whole_desk(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Desk]:
    yield from kept(django_db_blocker, lambda: Desk(built()))


@pytest.fixture
def desk(whole_desk: Desk, db: None) -> Desk:
    return fresh(whole_desk)


@pytest.fixture
def tell(capsys: pytest.CaptureFixture[str]) -> Tell:
    def run(*args: object) -> tuple[int, str, str]:
        code = main(["export", *map(str, args)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def login(desk: Desk, role: str) -> str:
    return desk.bureau.user(role, desk.bureau.place_of(role)).login


def test_an_account_gets_the_leads_that_it_may_see_and_no_others(
    desk: Desk, tell: Tell, tmp_path: Path
) -> None:
    desk.report()
    mine = desk.in_state("accepted")
    path = tmp_path / "leads.csv"
    assert tell("leads", path, "--as", login(desk, "duty_dispatcher")) == (0, f"2 rows in {path}\n", "")
    assert tell("leads", path, "--as", login(desk, "officer")) == (0, f"1 rows in {path}\n", "")
    with path.open(encoding="utf-8-sig") as file:
        assert [row["number"] for row in csv.DictReader(file)] == [mine.number]


def test_the_ending_of_the_name_chooses_the_format(desk: Desk, tell: Tell, tmp_path: Path) -> None:
    lead = desk.report()
    path = tmp_path / "leads.parquet"
    assert tell("leads", path, "--as", login(desk, "duty_dispatcher"))[0] == 0
    assert parquet.read_table(path).column("number").to_pylist() == [lead.number]
    code, out, err = tell("leads", tmp_path / "leads.pdf", "--as", login(desk, "duty_dispatcher"))
    assert (code, out) == (1, "")
    assert "文件名应以 .csv" in err


@pytest.mark.django_db
def test_an_account_that_does_not_exist_is_named_and_no_file_is_made(tell: Tell, tmp_path: Path) -> None:
    code, out, err = tell("leads", tmp_path / "a.csv", "--as", "nobody")
    assert (code, out) == (1, "")
    assert "没有账号“nobody”" in err
    assert list(tmp_path.iterdir()) == []
