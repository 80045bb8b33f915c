"""`xiuhua reference`: seeded errors are found with file, line, column and reason, and nothing is loaded then."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from django.conf import settings

from xiuhua.conf.cli import main, reference
from xiuhua.conf.cli.reference import ELSEWHERE, SHEETS, check_all, load_all, read_all
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM, Invalid
from xiuhua.kernel.models import Area, Day
from xiuhua.org import rules
from xiuhua.org.actions.reference import EXTRA_DAYS, HOLIDAYS

pytestmark = pytest.mark.slow


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the reference files that a test may spoil."""
    copy = tmp_path / "reference"
    copy.mkdir()
    for file in settings.REFERENCE_DIR.glob("*.csv"):
        shutil.copy(file, copy)
    return copy


def spoil(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def shorten(folder: Path, file: str, rows: int) -> None:
    """Leave the header and the first rows of a file."""
    path = folder / file
    kept = path.read_text(encoding="utf-8").splitlines(keepends=True)[: rows + 1]
    path.write_text("".join(kept), encoding="utf-8")


def told(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str]:
    code = main(["reference", *args])
    return code, capsys.readouterr().out


def test_our_own_files_have_no_fault(capsys: pytest.CaptureFixture[str]) -> None:
    code, out = told(capsys, "check")
    assert code == 0
    assert "no fault" in out
    code, out = told(capsys, "check", "--json")
    assert json.loads(out)["rows"]["streets.csv"] == 38


@pytest.mark.parametrize(
    ("seed", "where"),
    [
        (("holidays.csv", "2017-01-02,no", "2017-01-32,no"), "holidays.csv:3: day: “2017-01-32” is no day"),
        (("holidays.csv", "2017-01-02,no", "2017-01-01,no"), "holidays.csv:3: day: 2017-01-01 stands twice"),
        (("parameters.csv", "citizen,50,yuan,,2021-07-14", "citizen,50,yuan,,2021-07-20"), "overlaps line 2"),
        (
            ("causes.csv", "SR01,,2018-12-19", "SR01,,2018-12-20"),
            "causes.csv:3: valid_from: SR01 overlaps line 2",
        ),
        (("causes.csv", "SHCA §13", "SHCAX §13"), "causes.csv:2: violates: “SHCAX” is not in acts.csv"),
        (("units.csv", "DET-ENFORCE,*,42", "DET-ENFORCE,*,41"), "form_prefix: 41 is allotted already"),
        (("streets.csv", "121.519278", "east"), "streets.csv:2: lon: “east” is no number"),
        (("numbering_prefixes.csv", "BRIG-1,91", "BRIG-1,41"), "41 is allotted in units.csv already"),
        (("numbering_prefixes.csv", "BRIG-1,91", "BRIG-9,91"), "“BRIG-9” has no first prefix in units.csv"),
        (
            ("demo_users.csv", "officer,officer,SQ-310115016", "officer,officer,CENTRE"),
            "has no place in CENTRE",
        ),
        (
            ("demo_users.csv", "officer,officer,SQ-310115016", "officer,officer,SQ-9"),
            "“SQ-9” is not in units.csv",
        ),
        (
            ("demo_users.csv", "officer,officer,SQ", "civil,officer,SQ"),
            "only enforcement officers may work a case",
        ),
        (("demo_users.csv", "示例甲一", "王小明"), "an invented person is called 示例…"),
    ],
)
def test_a_seeded_error_is_found_where_it_stands(
    folder: Path, capsys: pytest.CaptureFixture[str], seed: tuple[str, str, str], where: str
) -> None:
    spoil(folder, *seed)
    code, out = told(capsys, "check", "--folder", str(folder))
    assert code == 1
    assert where in out
    assert "1 faults" in out


def test_faults_can_be_read_by_machines(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(folder, "tiers.csv", "lighter", "feather")
    code, out = told(capsys, "check", "--json", "--folder", str(folder))
    assert code == 1
    (fault,) = json.loads(out)["faults"]
    assert (fault["file"], fault["line"], fault["column"]) == ("tiers.csv", 2, "tier")


def test_a_missing_file_is_named(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "acts.csv").unlink()
    assert main(["reference", "check", "--folder", str(folder)]) == 1
    assert "acts.csv" in capsys.readouterr().err


def test_every_file_beside_the_package_is_known_here() -> None:
    known = {k.shape.file for k in ELSEWHERE} | {s.file for s in SHEETS}
    assert {p.name for p in settings.REFERENCE_DIR.glob("*.csv")} - known == set()


@pytest.mark.django_db
def test_nothing_is_loaded_from_files_with_faults(folder: Path) -> None:
    spoil(folder, "tiers.csv", "lighter", "feather")
    with pytest.raises(Invalid) as refused:
        load_all(by=SYSTEM, at=clock.now(), folder=folder)
    assert "tiers.csv:2 tier" in refused.value.errors
    assert not Day.objects.exists()


@pytest.mark.django_db
@pytest.mark.slow
def test_load_and_diff_tell_what_changes_and_then_that_nothing_does(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check_all(read_all(folder)) == []
    assert "361 added" in told(capsys, "diff")[1]
    assert not Day.objects.exists()
    assert "361 added" in told(capsys, "load")[1]
    assert Area.objects.filter(schematic=True).count() == 38
    code, out = told(capsys, "load")
    assert code == 0
    assert all("0 added, 0 changed" in line for line in out.splitlines() if ":" in line)
    spoil(folder, "acts.csv", "城市管理行政执法条例", "城市管理综合行政执法条例")
    code, out = told(capsys, "diff", "--folder", str(folder))
    assert "~ SHUM title" in out
    code, out = told(capsys, "diff", "--json", "--folder", str(folder))
    assert list(json.loads(out)["acts.csv"]["changed"]) == ["SHUM"]
    spoil(folder, "tiers.csv", "lighter", "feather")
    assert told(capsys, "diff", "--folder", str(folder))[0] == 1


def test_the_page_of_roles_is_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert told(capsys, "roles") == (0, rules.roles_page())


@pytest.fixture
def calendar_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """Loading everything takes seconds; the calendar alone is told in the same way."""
    monkeypatch.setattr(reference, "SHEETS", (HOLIDAYS, EXTRA_DAYS))
    monkeypatch.setattr(reference, "ELSEWHERE", tuple(k for k in ELSEWHERE if k.shape.file == "streets.csv"))
    monkeypatch.setattr(reference, "lay_out_areas", lambda tables, by, at: None)


@pytest.mark.django_db
@pytest.mark.usefixtures("calendar_only")
def test_a_diff_says_what_a_load_would_change_and_a_load_what_it_did(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shorten(folder, "holidays.csv", 3)
    shorten(folder, "extra_days.csv", 0)
    here = ("--folder", str(folder))
    code, out = told(capsys, "diff", *here)
    assert code == 0
    assert out.splitlines()[0].split(":")[1] == " 3 added, 0 changed, 0 only loaded"
    assert out.splitlines()[0].startswith("holidays.csv     would change")
    assert out.splitlines()[1] == "  + 2017-01-01"
    assert not Day.objects.exists()
    assert told(capsys, "load", *here)[1].startswith("holidays.csv     changed: 3 added")
    assert Day.objects.count() == 3
    code, out = told(capsys, "diff", *here)
    assert out.startswith("holidays.csv     would change: 0 added, 0 changed, 0 only loaded\n")
    assert not any(line.startswith("  ") for line in out.splitlines())
    spoil(folder, "holidays.csv", "2017-01-02,no,元旦", "2017-01-02,no,新年")
    spoil(folder, "holidays.csv", "2017-01-01", "2016-12-31")
    code, out = told(capsys, "diff", *here)
    assert "1 added, 1 changed, 1 only loaded" in out
    assert "  + 2016-12-31" in out
    assert "  ~ 2017-01-02 name: 元旦 → 新年" in out
    assert "  - 2017-01-01 (no longer in the file)" in out
    found = json.loads(told(capsys, "diff", "--json", *here)[1])["holidays.csv"]
    assert found == {
        "added": ["2016-12-31"],
        "changed": {"2017-01-02": {"name": ["元旦", "新年"]}},
        "only_loaded": ["2017-01-01"],
    }


@pytest.mark.django_db
def test_a_diff_of_faulty_files_tells_the_faults(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(folder, "tiers.csv", "lighter", "feather")
    code, out = told(capsys, "diff", "--folder", str(folder))
    assert code == 1
    assert out.startswith("tiers.csv:2: tier:")
    assert out.endswith("1 faults\n")


@pytest.mark.django_db
def test_a_load_of_faulty_files_is_refused_with_the_first_of_them(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(folder, "tiers.csv", "lighter", "feather")
    assert main(["reference", "load", "--folder", str(folder)]) == 1
    assert "tiers.csv:2 tier" in capsys.readouterr().err


@pytest.mark.django_db
def test_a_schematic_map_is_drawn_only_where_no_area_is_known(folder: Path) -> None:
    shorten(folder, "streets.csv", 3)
    reference.lay_out_areas(read_all(folder), by=SYSTEM, at=clock.now())
    assert Area.objects.filter(schematic=True).count() == 3
    before = list(Area.objects.values_list("pk", "name"))
    spoil(folder, "streets.csv", "街道", "示例街道")
    reference.lay_out_areas(read_all(folder), by=SYSTEM, at=clock.now())
    assert list(Area.objects.values_list("pk", "name")) == before
