"""Signed notes and checkpoints: a note of a foreign signer is read, ours are read by the rules, forgeries are not."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from xiuhua.kernel import keys
from xiuhua.kernel.notes import Head, Signer, Unsigned, Verifier

# The example of Go's note package (golang.org/x/mod/sumdb/note), signed by somebody else's program.
FOREIGN_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
FOREIGN_TEXT = (
    "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
)
FOREIGN_NOTE = (
    FOREIGN_TEXT
    + "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
ROOT = bytes(range(32))


@pytest.fixture
def signer() -> Signer:
    return Signer("example.org/log", Ed25519PrivateKey.generate())


def test_it_reads_a_note_that_another_program_signed() -> None:
    verifier = Verifier.parse(FOREIGN_KEY)
    assert str(verifier) == FOREIGN_KEY
    assert verifier.open(FOREIGN_NOTE) == FOREIGN_TEXT


def test_a_note_is_opened_with_the_key_that_signed_it(signer: Signer) -> None:
    text = str(Head("example.org/log", 7, ROOT))
    note = signer.sign(text)
    assert note.startswith(f"example.org/log\n7\n{base64.b64encode(ROOT).decode()}\n\n— example.org/log ")
    assert Verifier.parse(str(signer.verifier)).open(note) == text
    assert Head.parse(text) == Head("example.org/log", 7, ROOT)


def test_signatures_of_others_under_the_same_note_are_passed_over(signer: Signer) -> None:
    witness = Signer("witness", Ed25519PrivateKey.generate())
    text = str(Head("example.org/log", 7, ROOT))
    both = signer.sign(text) + witness.sign(text).rpartition("\n\n")[2]
    assert signer.verifier.open(both) == witness.verifier.open(both) == text


def test_a_changed_note_is_not_opened(signer: Signer) -> None:
    note = signer.sign(str(Head("example.org/log", 7, ROOT)))
    for forged in (note.replace("\n7\n", "\n8\n"), note.replace("— ", "- "), note.rpartition("\n\n")[0], ""):
        with pytest.raises(Unsigned):
            signer.verifier.open(forged)
    with pytest.raises(Unsigned, match="not base64"):
        signer.verifier.open("text\n\n— example.org/log ???\n")


def test_a_note_of_another_key_under_the_same_name_is_not_opened(signer: Signer) -> None:
    other = Signer(signer.name, Ed25519PrivateKey.generate())
    with pytest.raises(Unsigned, match="no signature"):
        signer.verifier.open(other.sign("text\n"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        "name+00000000",
        "name+00000000+AAAA",
        FOREIGN_KEY.replace("+c74f20a3", "+c74f20a4"),
        FOREIGN_KEY.replace("PeterNeumann", "Peter"),
        FOREIGN_KEY.replace("+ARpc", "+AhpC"),
        FOREIGN_KEY[:-4],
        "name+00000000+%%%",
    ],
)
def test_what_is_no_verifier_key_is_refused(text: str) -> None:
    with pytest.raises(Unsigned):
        Verifier.parse(text)


@pytest.mark.parametrize("name", ["", "a b", "a+b", "a\u3000b"])
def test_a_key_name_is_one_word_without_a_plus(name: str) -> None:
    with pytest.raises(ValueError, match="key name"):
        Signer(name, Ed25519PrivateKey.generate())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "log\n7\n",
        "\n7\n" + "A" * 43 + "=\n",
        "log\n07\n" + "A" * 43 + "=\n",
        "log\n-7\n" + "A" * 43 + "=\n",
        "log\n７\n" + "A" * 43 + "=\n",
        "log\n7\nAAAA\n",
        "log\n7\n!\n",
    ],
)
def test_what_is_no_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(Unsigned):
        Head.parse(text)


def test_further_lines_of_a_checkpoint_are_passed_over() -> None:
    assert Head.parse(str(Head("log", 7, ROOT)) + "more\n").size == 7


def test_whoever_comes_second_keeps_the_key_of_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "VAR_DIR", tmp_path)
    first = str(keys.signer("log").verifier)
    keys._make(tmp_path / "record" / "key")
    assert str(keys.signer("log").verifier) == first
    assert [path.name for path in (tmp_path / "record").iterdir()] == ["key"]


def test_a_published_checkpoint_is_replaced_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "VAR_DIR", tmp_path)
    keys.signer("a/log")
    assert keys.published("a/log") is None
    for note in ("one", "two"):
        keys.publish("a/log", note)
        assert keys.published("a/log") == note
    assert sorted(path.name for path in (tmp_path / "record").iterdir()) == ["key", "log.checkpoint"]
