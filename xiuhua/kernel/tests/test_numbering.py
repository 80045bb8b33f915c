"""Numbers are given out once, in order, without gaps but those that say why; forms of numbers are data."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from django.conf import settings

from xiuhua.kernel import numbering, record, series
from xiuhua.kernel.authz import Invalid, Refused
from xiuhua.kernel.models import OutsideAction, RecordEntry, Series, TakenNumber
from xiuhua.kernel.tests.harness import AT, CLERK, past_the_guards, thing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _reference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Kinds and prefixes of an invented district; a prefix holds nine money numbers only."""
    files = {
        "numbering.csv": "kind,word,pattern,scope,limit\n"
        "notice,示告,{word}〔{year}〕{uu}-{serial}号,unit,\n"
        "letter,示函,{word}〔{year}〕{serial}号,authority,\n"
        "penalty,,2{yy}99{uu}{serial:01},unit,9\n"
        "capped,示,{word}{year}-{serial},unit,5\n",
        "units.csv": "code,form_prefix\nU1,01\nU2,02\nOFFICE,\n",
        "numbering_prefixes.csv": "unit,prefix\nU1,51\nU1,52\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.setattr(settings, "REFERENCE_DIR", tmp_path)


def take(
    n: int = 1, *, kind: str = "notice", unit: str = "U1", year: int = 2026, prefix: str = ""
) -> list[str]:
    """So many numbers, each in an act of its own."""
    return [take_many(1, kind=kind, unit=unit, year=year, prefix=prefix)[0] for _ in range(n)]


def take_many(n: int, *, kind: str, unit: str = "U1", year: int = 2026, prefix: str = "") -> list[str]:
    subjects = [f"cases.case:{i}" for i in range(n)]
    with record.act("number", by=CLERK, at=AT) as act:
        act.entry(on=thing(), facts={})
        return numbering.take_many(
            kind=kind, unit_code=unit, year=year, subjects=subjects, act=act, prefix=prefix
        )


def run(kind: str = "notice", unit: str = "U1") -> Series:
    return Series.objects.get(kind=kind, unit_code=unit)


def test_numbers_of_a_kind_a_unit_and_a_year_count_up() -> None:
    assert take(2) == ["示告〔2026〕01-1号", "示告〔2026〕01-2号"]
    assert take(unit="U2") == ["示告〔2026〕02-1号"]
    assert take(year=2027) == ["示告〔2027〕01-1号"]
    assert take(2, kind="letter", unit="BUREAU") == ["示函〔2026〕1号", "示函〔2026〕2号"]


def test_a_number_knows_what_it_was_taken_for() -> None:
    [number] = take()
    taken = TakenNumber.objects.get(number=number)
    assert (taken.subject, taken.serial, taken.taken_at) == ("cases.case:0", 1, AT)


def test_full_money_numbers_go_on_under_the_next_prefix_of_the_unit() -> None:
    numbers = take_many(20, kind="penalty")
    assert numbers[:2] == ["22699011", "22699012"]
    assert numbers[8:10] == ["22699019", "22699511"]
    assert numbers[18:] == ["22699521", "22699522"]
    assert take(kind="penalty") == ["22699523"]
    assert len({*numbers}) == 20


def test_when_all_prefixes_are_full_it_is_refused_with_the_reason_and_nothing_is_moved() -> None:
    take_many(9, kind="penalty", unit="U2")
    with pytest.raises(Refused, match="已用到 9，上限 9"):
        take(kind="penalty", unit="U2")
    assert run("penalty", "U2").last == 9
    take_many(25, kind="penalty")
    with pytest.raises(Refused, match="已用到 25，上限 27，不够再编 3 个"):
        take_many(3, kind="penalty")
    assert take_many(2, kind="penalty")[-1] == "22699529"


def test_a_limit_without_prefixes_holds_too() -> None:
    take_many(5, kind="capped")
    with pytest.raises(Refused, match="上限 5"):
        take(kind="capped")


def test_a_prefix_allotted_later_in_the_year_makes_room(tmp_path: Path) -> None:
    take_many(9, kind="penalty", unit="U2")
    (tmp_path / "numbering_prefixes.csv").write_text("unit,prefix,more\nU1,51,\nU2,61,\n", "utf-8")
    assert take(kind="penalty", unit="U2") == ["22699611"]
    assert run("penalty", "U2").limit == 18


def test_a_series_keeps_the_pattern_it_began_with(tmp_path: Path) -> None:
    take()
    (tmp_path / "numbering.csv").write_text(
        "kind,word,pattern,scope,limit\nnotice,示告,{word}（{year}）{uu}-{serial},unit,\n", "utf-8"
    )
    assert take() == ["示告〔2026〕01-2号"]
    assert take(year=2027) == ["示告（2027）01-1"]


def test_a_unit_without_a_prefix_gets_no_such_number() -> None:
    with pytest.raises(Refused, match="OFFICE 没有编号前缀"):
        take(unit="OFFICE")
    assert not Series.objects.exists()
    assert take(unit="NEW", prefix="77") == ["示告〔2026〕77-1号"]


def test_a_kind_without_a_form_has_no_numbers() -> None:
    with pytest.raises(LookupError, match="unknown"):
        take(kind="unknown")


def test_a_rolled_back_act_leaves_no_gap() -> None:
    take()

    def abandoned() -> None:
        with record.act("number", by=CLERK, at=AT) as act:
            numbering.take(kind="notice", unit_code="U1", year=2026, subject="s", act=act)
            act.entry(on=thing(), facts={})
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        abandoned()
    assert take() == ["示告〔2026〕01-2号"]
    assert numbering.gaps(run()) == []


def test_numbers_are_taken_in_acts_only() -> None:
    with pytest.raises(OutsideAction):
        numbering.take(
            kind="notice", unit_code="U1", year=2026, subject="s", act=record.Act("number", CLERK, AT)
        )
    assert not Series.objects.exists()


def test_a_voided_number_says_why_and_is_not_given_out_again() -> None:
    numbers = take(3)
    numbering.void(number=numbers[1], reason=" 打印错误 ", by=CLERK, at=AT)
    [gap] = numbering.gaps(run())
    assert (gap.serial, gap.number, gap.why, gap.reason, gap.voided_at) == (
        2,
        numbers[1],
        "voided",
        "打印错误",
        AT,
    )
    assert take() == ["示告〔2026〕01-4号"]
    entry = RecordEntry.objects.filter(verb="numbering.void").get()
    assert numbers[1] in entry.facts


@pytest.mark.parametrize(
    ("number", "reason", "fault"),
    [
        ("示告〔2026〕01-1号", "  ", "reason"),
        ("示告〔2026〕01-9号", "x", "没有编出过"),
        ("示告〔2026〕01-2号", "x", "已经作废"),
    ],
)
def test_what_cannot_be_voided_is_refused_with_field_and_reason(number: str, reason: str, fault: str) -> None:
    numbers = take(2)
    numbering.void(number=numbers[1], reason="打印错误", by=CLERK, at=AT)
    with pytest.raises(Invalid, match=fault):
        numbering.void(number=number, reason=reason, by=CLERK, at=AT)
    assert RecordEntry.objects.filter(verb="numbering.void").count() == 1


def test_a_number_removed_by_hand_is_called_missing() -> None:
    take_many(11, kind="penalty")
    past_the_guards("DELETE FROM kernel_takennumber WHERE serial = 10")
    [gap] = numbering.gaps(run("penalty"))
    assert (gap.serial, gap.number, gap.why) == (10, "22699511", "missing")


def test_a_missing_number_of_a_prefix_that_is_gone_is_still_called_missing(tmp_path: Path) -> None:
    take_many(11, kind="penalty")
    past_the_guards("DELETE FROM kernel_takennumber WHERE serial = 10")
    (tmp_path / "numbering_prefixes.csv").write_text("unit,prefix,x\n", "utf-8")
    assert [gap.why for gap in numbering.gaps(run("penalty"))] == ["missing"]


@pytest.mark.parametrize("pattern", ["{word}{serial}", "{word}{year}", "{name}{year}{serial}"])
def test_a_pattern_without_year_and_serial_or_with_other_words_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match="no pattern"):
        series.Form("k", "w", pattern, "unit", 0)


def test_a_scope_is_the_unit_or_the_authority() -> None:
    assert series.form("letter").scope == "authority"
    with pytest.raises(ValueError, match="scope"):
        series.Form("k", "w", "{year}{serial}", "bureau", 0)


def reference(name: str) -> list[dict[str, str]]:
    with (settings.BASE_DIR / "reference" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_form_in_the_reference_data_is_sound_and_says_where_it_comes_from() -> None:
    rows = reference("numbering.csv")
    for row in rows:
        series.Form(row["kind"], row["word"], row["pattern"], row["scope"], int(row["limit"] or 0))
        assert row["source"]
        assert row["certainty"] in {"read", "checked", "memory", "unverified", "design"}
    assert len({row["kind"] for row in rows}) == len(rows)
    assert len({row["word"] or row["pattern"] for row in rows}) == len(rows)


def test_no_prefix_in_the_reference_data_is_allotted_twice() -> None:
    first = [row["form_prefix"] for row in reference("units.csv") if row["form_prefix"]]
    further = [row["prefix"] for row in reference("numbering_prefixes.csv")]
    assert len({*first, *further}) == len(first) + len(further)
    assert {row["unit"] for row in reference("numbering_prefixes.csv")} <= {
        row["code"] for row in reference("units.csv")
    }


MONEY = ("on_spot_decision", "penalty_decision", "deferral_approval", "surcharge_decision", "fine_bill")


@pytest.mark.parametrize(("kind", "digit"), list(zip(MONEY, "12345", strict=True)))
def test_money_numbers_of_the_reference_data_have_ten_digits(
    monkeypatch: pytest.MonkeyPatch, kind: str, digit: str
) -> None:
    monkeypatch.setattr(settings, "REFERENCE_DIR", settings.BASE_DIR / "reference")
    [unit] = [row["code"] for row in reference("units.csv") if row["form_prefix"] == "01"]
    numbers = take_many(1998, kind=kind, unit=unit, year=2018)
    assert (numbers[0], numbers[999]) == (f"{digit}181501001", f"{digit}181551001")
    assert {len(number) for number in numbers} == {10}
    assert len(set(numbers)) == 1998
    with pytest.raises(Refused, match="已用到 1998，上限 1998"):
        take_many(1, kind=kind, unit=unit, year=2018)


def test_the_prefixes_of_the_reference_data_hold_a_year_of_the_bureau() -> None:
    """20,103 cases a year (12,069 ordinary, 8,034 summary): each kind has room for four times as many, of its own."""
    rows = {row["kind"]: row for row in reference("numbering.csv")}
    first = [row["form_prefix"] for row in reference("units.csv") if row["form_prefix"]]
    prefixes = [*first, *(row["prefix"] for row in reference("numbering_prefixes.csv"))]
    assert all(len(prefix) == 2 and prefix.isdigit() for prefix in prefixes)
    for kind in MONEY:
        assert int(rows[kind]["limit"]) * len(prefixes) > 4 * (12_069 + 8_034)
    # What no unit has is left for one that needs a third.
    assert len(prefixes) <= 92
