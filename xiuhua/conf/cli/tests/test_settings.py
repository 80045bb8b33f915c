"""Settings from the environment: where the database is, and a secret key that is made once."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from xiuhua.conf import settings


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (
            "postgres://li:secret@db.test:5433/bureau",
            {"NAME": "bureau", "USER": "li", "PASSWORD": "secret", "HOST": "db.test", "PORT": "5433"},
        ),
        (
            "postgresql://db.test/bureau",
            {"NAME": "bureau", "USER": "", "PASSWORD": "", "HOST": "db.test", "PORT": ""},
        ),
        (
            "postgres://li:p%40ss%2Fword@/bureau?host=%2Fvar%2Frun%2Fpg",
            {"NAME": "bureau", "USER": "li", "PASSWORD": "p@ss/word", "HOST": "/var/run/pg", "PORT": ""},
        ),
        ("postgres://li@/bureau?quiet&host=/run/pg&x=1", {"NAME": "bureau", "HOST": "/run/pg"}),
    ],
)
def test_an_address_of_postgresql_is_taken_apart(url: str, expected: dict[str, str]) -> None:
    found = settings.database(url)
    assert found["ENGINE"] == "django.db.backends.postgresql"
    assert {name: found[name] for name in expected} == expected


def test_anything_else_is_a_file_of_sqlite_that_waits_for_its_turn_to_write() -> None:
    found = settings.database("/示例/xiuhua.sqlite3")
    assert (found["ENGINE"], found["NAME"]) == ("django.db.backends.sqlite3", "/示例/xiuhua.sqlite3")
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in found["OPTIONS"]["init_command"]


def test_the_secret_key_is_made_once_and_only_its_owner_reads_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("XIUHUA_SECRET_KEY", raising=False)
    monkeypatch.setattr(settings, "VAR_DIR", tmp_path / "new" / "var")
    key = settings._secret_key()
    assert len(key) >= 50
    assert settings._secret_key() == key
    file = tmp_path / "new" / "var" / "secret_key"
    assert file.read_text() == key
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_two_bureaus_have_different_secret_keys(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("XIUHUA_SECRET_KEY", raising=False)
    made = set()
    for name in ("a", "b"):
        monkeypatch.setattr(settings, "VAR_DIR", tmp_path / name)
        made.add(settings._secret_key())
    assert len(made) == 2


def test_a_secret_key_of_the_environment_goes_first_and_leaves_no_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XIUHUA_SECRET_KEY", "示例-key")
    monkeypatch.setattr(settings, "VAR_DIR", tmp_path)
    assert settings._secret_key() == "示例-key"
    assert list(tmp_path.iterdir()) == []
