"""The rules of the file check as reference data: what `xiuhua reference check` finds wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from xiuhua.conf.cli.reference import check_all, load_all, read_all
from xiuhua.kernel.authz import SYSTEM, Invalid
from xiuhua.registers.tests.bureau import AT

pytestmark = pytest.mark.slow

FOLDER = Path(settings.REFERENCE_DIR)


def faults_after(tmp_path: Path, old: str, new: str) -> list[tuple[str, str]]:
    """Column and reason of every fault after one change in the file of rules."""
    for path in FOLDER.glob("*.csv"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    file = tmp_path / "file_rules.csv"
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")
    return [(f.column, f.reason) for f in check_all(read_all(tmp_path)) if f.file == "file_rules.csv"]


@pytest.mark.parametrize(
    ("old", "new", "column", "reason"),
    [
        (
            "missing(no_penalty.ground)",
            "missing(no_penalty.groud)",
            "condition",
            "DE19: “no_penalty.groud” is no field",
        ),
        ("missing(no_penalty.ground)", "no_penalty.ground.strip()", "condition", "DE19: only the functions"),
        ("missing(no_penalty.ground)", "missing(no_penalty.ground", "condition", "DE19: cannot be read"),
        (
            "param('discussion_quorum')",
            "param('quorum')",
            "condition",
            "DE04: “quorum” is not in parameters.csv",
        ),
        (
            "no_penalty.decided_on,PPL17 §38; PPL21 §57",
            "no_penalty.ground,PPL17 §38",
            "key_date",
            "DE19: “no_penalty",
        ),
        ("PPL17 §53; PPL21 §74; SHUM §21", "PPL99 §53", "article", "“PPL99” is not in acts.csv"),
        ("DE19,decision,error", "DE19,decision,grave", "severity", "“grave” is not known here"),
    ],
)
def test_a_rule_that_cannot_be_used_is_refused_with_its_id_and_the_ground(
    tmp_path: Path, old: str, new: str, column: str, reason: str
) -> None:
    found = faults_after(tmp_path, old, new)
    assert [(c, r[: len(reason)]) for c, r in found] == [(column, reason)]


def test_the_rules_of_this_repository_are_in_order() -> None:
    tables = read_all(FOLDER)
    assert len(tables["file_rules.csv"].rows) == 273
    assert check_all(tables) == []


def test_a_rule_that_cannot_be_used_keeps_the_whole_law_from_being_loaded(tmp_path: Path) -> None:
    faults_after(tmp_path, "missing(no_penalty.ground)", "missing(no_penalty.groud)")
    with pytest.raises(Invalid) as refused:
        load_all(by=SYSTEM, at=AT, folder=tmp_path)
    assert list(refused.value.errors.values()) == ["DE19: “no_penalty.groud” is no field of the file"]
