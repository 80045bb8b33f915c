"""A proof convinces whoever has the published key, and nobody once a byte of it is changed."""

from __future__ import annotations

import base64
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from xiuhua.kernel import check_proof, merkle, proof, sealing
from xiuhua.kernel.authz import Invalid, Refused
from xiuhua.kernel.notes import Head, Unsigned, Verifier
from xiuhua.kernel.tests.harness import past_the_guards, write_entries, write_many

pytestmark = pytest.mark.django_db


@pytest.fixture
def ids() -> list[int]:
    made = write_entries(11, facts={"text": "示例\n“引号” \\"})
    sealing.seal()
    return made


def test_every_entry_is_proved_by_our_checker_and_by_the_tree(ids: list[int]) -> None:
    for index, entry in enumerate(ids):
        given = proof.prove(entry)
        assert check_proof.check(given, given["verifier_key"]) == given["leaf"]
        said = Head.parse(Verifier.parse(given["verifier_key"]).open(given["checkpoint"]))
        path = [base64.b64decode(each) for each in given["path"]]
        assert merkle.verify_inclusion(
            merkle.leaf_hash(given["leaf"].encode()), index, said.size, path, said.root
        )


def _other_leaf(given: dict[str, Any]) -> None:
    given["leaf"] += " "


def _other_place(given: dict[str, Any]) -> None:
    given["index"] += 1


def _place_outside(given: dict[str, Any]) -> None:
    given["index"] = 99


def _shorter_path(given: dict[str, Any]) -> None:
    given["path"].pop()


def _other_size(given: dict[str, Any]) -> None:
    given["checkpoint"] = given["checkpoint"].replace("\n11\n", "\n12\n")


def _no_signature(given: dict[str, Any]) -> None:
    given["checkpoint"] = given["checkpoint"].partition("\n\n")[0]


@pytest.mark.parametrize(
    "change", [_other_leaf, _other_place, _place_outside, _shorter_path, _other_size, _no_signature]
)
def test_a_changed_proof_proves_nothing(ids: list[int], change: Callable[[dict[str, Any]], None]) -> None:
    given = proof.prove(ids[3])
    change(given)
    with pytest.raises(ValueError, match="not"):
        check_proof.check(given, given["verifier_key"])


def test_a_proof_does_not_hold_against_an_entry_changed_since(ids: list[int]) -> None:
    past_the_guards("UPDATE kernel_recordentry SET facts = '{}' WHERE id = %s", ids[3])
    given = proof.prove(ids[3])
    with pytest.raises(ValueError, match="not in the log"):
        check_proof.check(given, given["verifier_key"])


def test_there_is_no_proof_of_what_is_not_there_or_not_sealed(ids: list[int]) -> None:
    with pytest.raises(Invalid, match="没有编号"):
        proof.prove(ids[-1] + 100)
    [newest] = write_entries(1)
    with pytest.raises(Refused, match="尚未封存"):
        proof.prove(newest)


def test_before_anything_is_sealed_there_is_no_checkpoint() -> None:
    write_entries(1)
    for ask in (proof.checkpoint, proof.verifier_key, lambda: proof.since(1)):
        with pytest.raises(Refused, match="尚未封存"):
            ask()


def test_the_log_is_shown_to_have_grown_from_an_older_checkpoint(ids: list[int]) -> None:
    old = proof.checkpoint()
    write_many(700)
    sealing.seal()
    grown = proof.since(11)
    key = proof.verifier_key()
    assert proof.grew_from(old, grown, key)
    grown["path"] = grown["path"][1:]
    assert not proof.grew_from(old, grown, key)
    with pytest.raises(Unsigned, match="not the one"):
        proof.grew_from(proof.checkpoint(), grown, key)
    for size in (0, 712):
        with pytest.raises(Invalid, match="since"):
            proof.since(size)


def test_the_checker_is_a_program_of_its_own(ids: list[int], tmp_path: Path) -> None:
    source = Path(check_proof.__file__).read_text("utf-8")
    assert "xiuhua" not in "".join(line for line in source.splitlines() if "import" in line)
    script, paper = tmp_path / "check.py", tmp_path / "proof.json"
    script.write_text(source, "utf-8")
    paper.write_text(json.dumps(proof.prove(ids[2]), ensure_ascii=False), "utf-8")

    def check(*arguments: str) -> subprocess.CompletedProcess[str]:
        # Nothing but the standard library: neither Xiuhua nor any package.
        command = [sys.executable, "-I", "-S", str(script), *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    told = check(str(paper), proof.verifier_key())
    assert (told.returncode, "PROVED" in told.stderr) == (0, True)
    assert "areas.put" in told.stdout
    paper.write_text(paper.read_text("utf-8").replace("areas.put", "areas.cut"), "utf-8")
    told = check(str(paper), proof.verifier_key())
    assert (told.returncode, "NOT PROVED" in told.stderr) == (1, True)
    assert "VERIFIER_KEY" in check().stderr


def test_the_checker_says_by_its_exit_code_what_it_found(
    ids: list[int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    paper, key = tmp_path / "proof.json", proof.verifier_key()
    paper.write_text(json.dumps(proof.prove(ids[2])), "utf-8")
    assert check_proof.main([str(paper), key]) == 0
    assert check_proof.main([str(paper), key.replace("xiuhua", "other")]) == 1
    assert check_proof.main([str(paper), "nonsense"]) == 1
    assert check_proof.main([str(tmp_path / "nothing"), key]) == 1
    assert check_proof.main([]) == 2
    assert "NOT PROVED: the checkpoint is not signed by this key" in capsys.readouterr().err
