"""`xiuhua messages` and `xiuhua manage`: the English catalogue, and Django's own commands."""

from __future__ import annotations

import gettext
from pathlib import Path

import django
import pytest

from xiuhua.conf.cli import main
from xiuhua.web.frame import catalogue

HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(catalogue, "folder", lambda: tmp_path)
    (tmp_path / "django.po").write_text(HEAD + 'msgid "案件"\nmsgstr "Cases"\n', "utf-8")
    (tmp_path / "data.po").write_text(HEAD + 'msgid "队员"\nmsgstr "Officer"\n', "utf-8")
    return tmp_path


def test_the_sources_become_one_catalogue_that_gettext_reads(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["messages"]) == 0
    assert capsys.readouterr().out == f"2 strings from 2 files in {folder / 'django.mo'}\n"
    with (folder / "django.mo").open("rb") as file:
        english = gettext.GNUTranslations(file)
    assert [english.gettext(text) for text in ("案件", "队员", "线索")] == ["Cases", "Officer", "线索"]


def test_strings_without_english_are_listed_with_their_file(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["messages", "--missing"]) == 0
    assert capsys.readouterr().out == ""
    with (folder / "data.po").open("a", encoding="utf-8") as file:
        file.write('\nmsgid "中队"\nmsgstr ""\n')
        file.write('\nmsgid "%(n)s件"\nmsgid_plural "%(n)s件案件"\nmsgstr[0] "%(n)s case"\nmsgstr[1] ""\n')
    assert main(["messages", "--missing"]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "data.po: 中队"
    assert len(said) == 2
    assert "%(n)s件案件" in said[1]


def test_nothing_of_our_own_catalogue_is_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["messages", "--missing"]) == 0, capsys.readouterr().out


def test_manage_hands_the_words_on_to_django(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["manage", "version"]) == 0
    assert capsys.readouterr().out.strip() == django.get_version()


def test_manage_says_which_command_is_unknown(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["manage", "nonsense"])
    assert ended.value.code == 1
    assert "Unknown command: 'nonsense'" in capsys.readouterr().err
