"""The suite's tables come from a file that is whole and of this very code."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from xiuhua.conf.testing import tables


def house(place: Path) -> Path:
    for name in ("leads/migrations/0001.py", "leads/models.py", "leads/queries.py", "kernel/record.py"):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text("x = 1\n")
    return place


def test_what_shapes_a_table_asks_for_a_new_file_and_nothing_else_does(tmp_path: Path) -> None:
    place = house(tmp_path)
    before = tables.digest(place)
    (place / "leads/queries.py").write_text("x = 2\n")
    assert tables.digest(place) == before
    seen = {before}
    for name in (
        "leads/migrations/0001.py",
        "leads/models.py",
        "kernel/record.py",
        "leads/migrations/0002.py",
    ):
        (place / name).write_text("x = 2\n")
        seen.add(tables.digest(place))
    assert len(seen) == 5


def test_what_was_kept_fills_another_database_and_what_was_kept_before_goes(tmp_path: Path) -> None:
    old, kept = tmp_path / "old.sqlite3", tmp_path / "new.sqlite3"
    old.touch()
    with closing(sqlite3.connect(":memory:")) as laid:
        laid.execute("create table lead (id integer primary key, kind text not null)")
        tables.keep(laid, kept)
    assert [path.name for path in tmp_path.iterdir()] == ["new.sqlite3"]
    name = "file:filled?mode=memory&cache=shared"
    with closing(tables.fill(name, kept)), closing(sqlite3.connect(name, uri=True)) as beside:
        assert [row[1] for row in beside.execute("pragma table_info(lead)")] == ["id", "kind"]
