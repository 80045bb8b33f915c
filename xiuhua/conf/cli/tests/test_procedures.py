"""The drawn procedures in the handbook are those of the tables."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest
from django.conf import settings

from xiuhua.cases.procedure.side import SIDES
from xiuhua.cases.procedure.tables import TABLES
from xiuhua.conf.cli import procedures

FOLDER = Path(settings.BASE_DIR) / "docs" / "procedures"


def test_the_pages_in_the_handbook_are_current() -> None:
    there = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()}
    assert there == procedures.drawn(), "run: xiuhua procedures draw"


def test_every_table_has_a_picture_and_a_page_that_lists_all_its_moves() -> None:
    pages = procedures.drawn()
    for table in (t for tables in (*TABLES.values(), *(s.tables for s in SIDES.values())) for t in tables):
        name = f"{table.procedure}-{table.version}"
        assert f"{name}.svg" in pages
        assert all(f"`{move.id}`" in pages[f"{name}.md"] for move in table.moves)
        assert f"({name}.md)" in pages["README.md"]


def test_the_command_writes_them_and_takes_away_what_no_table_draws(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "gone-1999.svg").write_text("<svg/>")
    args = argparse.Namespace(what="draw", out=tmp_path)
    assert procedures.run(args) == 0
    assert {path.name for path in tmp_path.iterdir()} == set(procedures.drawn())
    assert str(tmp_path) in capsys.readouterr().out
