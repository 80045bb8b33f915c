"""`xiuhua record`: what it says, and with which exit code."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest

from xiuhua.conf.cli import record as command
from xiuhua.kernel import check_proof, proof, sealing, verify
from xiuhua.kernel.authz import Invalid
from xiuhua.kernel.models import Leaf
from xiuhua.kernel.notes import Head, Verifier
from xiuhua.kernel.tests.harness import past_the_guards, write_entries, write_many

pytestmark = pytest.mark.django_db


@pytest.fixture
def ids() -> list[int]:
    made = write_entries(11)
    sealing.seal()
    return made


def xiuhua_record(*arguments: str) -> int:
    parser = argparse.ArgumentParser()
    command.arguments(parser)
    return command.run(parser.parse_args(arguments))


def test_it_prints_the_checker_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert xiuhua_record("checker") == 0
    assert capsys.readouterr().out == Path(check_proof.__file__).read_text("utf-8")


def test_the_command_checks_what_it_proves(
    ids: list[int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paper, old = tmp_path / "proof.json", tmp_path / "old"
    old.write_text(proof.checkpoint())
    assert xiuhua_record("prove", str(ids[0])) == 0
    paper.write_text(capsys.readouterr().out)
    assert xiuhua_record("check", str(paper)) == 0
    assert xiuhua_record("check", str(paper), "--key", "nonsense") == 1
    assert "NOT PROVED" in capsys.readouterr().err
    write_many(5)
    assert xiuhua_record("seal") == 0
    assert capsys.readouterr().out == "5 entries sealed\n"
    assert xiuhua_record("checkpoint", "--since", "11") == 0
    paper.write_text(capsys.readouterr().out)
    assert xiuhua_record("check", str(paper), "--old", str(old)) == 0
    with pytest.raises(Invalid, match="--old"):
        xiuhua_record("check", str(paper))
    given = json.loads(paper.read_text())
    paper.write_text(json.dumps({**given, "path": []}))
    assert xiuhua_record("check", str(paper), "--old", str(old)) == 1
    with pytest.raises(Invalid, match="cannot be read"):
        xiuhua_record("check", str(tmp_path / "nothing"))


def test_the_command_says_whether_the_record_is_whole(
    ids: list[int], capsys: pytest.CaptureFixture[str]
) -> None:
    write_entries(1)
    assert command._report(verify.verify(), as_json=False) == 0
    assert (
        "11 sealed entries are as they were written; 1 newer entries are not yet sealed"
        in capsys.readouterr().out
    )
    past_the_guards("UPDATE kernel_recordentry SET facts = '{}' WHERE id = %s", ids[4])
    assert command._report(verify.verify(), as_json=False) == 1
    said = capsys.readouterr().err
    assert f"entry {ids[4]} was changed" in said
    assert "BROKEN" in said
    assert command._report(verify.verify(), as_json=True) == 1
    assert json.loads(capsys.readouterr().out)["findings"][0]["entry_id"] == ids[4]


def test_the_command_prints_checkpoint_and_key(ids: list[int], capsys: pytest.CaptureFixture[str]) -> None:
    assert xiuhua_record("checkpoint") == 0
    note = capsys.readouterr().out
    assert xiuhua_record("key") == 0
    key = capsys.readouterr().out
    assert Head.parse(Verifier.parse(key).open(note)).size == Leaf.objects.count() == 11


def test_verify_holds_the_record_against_a_checkpoint_that_was_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real, notes = verify.verify, list[str]()

    def here(against: str = "", *, processes: int) -> verify.Report:
        # Other processes would not see what the test has not committed.
        assert 1 <= processes <= 4
        notes.append(against)
        return real(against)

    monkeypatch.setattr(verify, "verify", here)
    write_entries(3)
    sealing.seal()
    kept = tmp_path / "kept"
    kept.write_text(proof.checkpoint(), "utf-8")
    assert xiuhua_record("verify") == 0
    assert xiuhua_record("verify", "--against", str(kept)) == 0
    assert notes == ["", kept.read_text("utf-8")]
    assert capsys.readouterr().out.count("3 sealed entries are as they were written") == 2
    with pytest.raises(Invalid, match="cannot be read"):
        xiuhua_record("verify", "--against", str(tmp_path / "nothing"))
