"""For every rule a lawful file and one with exactly its defect; and files with several defects, all of them known."""

from __future__ import annotations

import random
import re
from functools import lru_cache
from typing import Any

import pytest

from xiuhua.cases.checker.seeded.defects import Defect, defects
from xiuhua.cases.checker.seeded.mixed import Mixed, mixed
from xiuhua.cases.checker.seeded.samples import lawful, patched
from xiuhua.cases.checker.seeded.score import FILES, LEAST, SEED, checker_for, score
from xiuhua.cases.checker.snapshot import read
from xiuhua.cases.checker.tests.walking import walked
from xiuhua.cases.checker.tests.world import checker, law, rules

DEFECTS = {defect.rule: defect for defect in defects()}


@lru_cache(maxsize=1)
def random_files() -> tuple[Mixed, ...]:
    return tuple(mixed(FILES, SEED, checker()))


def test_every_rule_has_a_defect_and_nothing_else_has_one() -> None:
    assert list(DEFECTS) == [rule.id for rule in rules()]
    assert len(defects()) == 273


@pytest.mark.parametrize("defect", DEFECTS.values(), ids=DEFECTS)
def test_the_defect_fires_its_rule_and_only_what_the_law_makes_fire_with_it(defect: Defect) -> None:
    judge = checker_for(defect, checker(), law())
    assert judge.check(lawful()[defect.base]).findings == ()
    file = read(defect.file())
    assert (dict(file.faults), file.ignored) == ({}, ())
    result = judge.check(file.file)
    assert result.ids == defect.expected
    assert result.unread == ()
    assert all(finding.where for finding in result.findings)


def test_where_a_defect_makes_other_rules_fire_the_reason_is_given() -> None:
    for defect in defects():
        assert bool(defect.also) == bool(defect.why), defect.rule


@pytest.mark.parametrize(
    ("rule", "where"),
    [
        ("OF01", ("inspections[0]",)),
        ("SU08", ("decision.signed_by",)),
        ("OF05", ("interviews[0]",)),
        ("OF03", ("interviews[1]", "correction.recheck_officer_ids")),
        ("SE03", ("services",)),
        ("SE05", ("services[1]",)),
        ("EX04", ("payment.items[0]",)),
        ("CO04", ("measures[0]",)),
        ("NO02", ("notice.served_on", "decision.decided_on")),
        ("EV01", ("evidence",)),
        ("DO08", ("documents",)),
        ("RC01", ("case.recording_steps[1]",)),
        ("FA06", ("party.lacks_capacity",)),
    ],
)  # fmt: skip
def test_a_finding_says_where_in_the_file_it_is(rule: str, where: tuple[str, ...]) -> None:
    found = {f.rule.id: f.where for f in checker().check(DEFECTS[rule].file()).findings}
    assert found[rule] == where


def test_recall_and_precision_over_random_files_keep_their_limit() -> None:
    result = score(checker(), random_files())
    assert result.files == 500
    assert result.recall >= LEAST, result.missed
    assert result.precision >= LEAST, result.extra


def test_the_random_files_hold_none_to_five_defects_of_most_rules() -> None:
    files = random_files()
    assert {len(one.defects) for one in files} == {0, 1, 2, 3, 4, 5}
    assert len({rule for one in files for rule in one.defects}) > 200
    assert [one.file for one in files[:50]] == [one.file for one in mixed(50, SEED, checker())]


@pytest.mark.slow
@pytest.mark.no_cover
def test_every_defect_fires_the_same_rules_when_the_expressions_are_walked_instead_of_compiled() -> None:
    for defect in defects():
        if not defect.params:
            assert walked(defect.file()) == defect.expected


ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
DAYS = ("2016-01-04", "2018-09-20", "2018-09-26", "2021-07-14", "2021-07-15", "2023-05-18", "2024-02-29")
VALUES: tuple[Any, ...] = (
    *DAYS,
    0,
    1,
    49,
    50000,
    True,
    False,
    "fine",
    "summary",
    "ordinary",
    "left",
    "cash",
    "citizen",
)


def shaken(rng: random.Random) -> dict[str, Any]:
    """A lawful file of which up to thirty fields are lost or hold something else of the same kind."""
    file = patched(lawful()[rng.choice(sorted(lawful()))], ())
    for _ in range(rng.randint(1, 30)):
        part = file[rng.choice(sorted(file))]
        row = part if isinstance(part, dict) else rng.choice(part) if part else {}
        if row and rng.random() < 0.5:
            row.pop(rng.choice(sorted(row)))
        elif row:
            name = rng.choice(sorted(row))
            dated = ISO.match(str(row[name])) is not None
            same = [v for v in VALUES if type(v) is type(row[name]) and (v in DAYS) == dated]
            row[name] = rng.choice(same) if same else row[name]
    return file


@pytest.mark.slow
@pytest.mark.no_cover
def test_whatever_is_lost_or_changed_the_compiled_rules_say_what_the_walked_ones_say() -> None:
    rng = random.Random(7)
    fired: set[str] = set()
    for _ in range(250):
        file = shaken(rng)
        result = checker().check(file)
        assert result.unread == ()
        assert result.ids == walked(file)
        fired |= result.ids
    assert len(fired) > 120
