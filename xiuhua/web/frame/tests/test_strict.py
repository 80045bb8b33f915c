"""What the pages are made of: vendored files as they came, no inline style or script, no address elsewhere."""

from __future__ import annotations

import csv
import hashlib
import re
from pathlib import Path

import pytest

WEB = Path(__file__).resolve().parents[2]
REPOSITORY = WEB.parents[1]
LISTS = (
    WEB / "static" / "vendor" / "VENDORED.csv",
    REPOSITORY / "tests" / "journeys" / "vendor" / "VENDORED.csv",
)
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))


def html_of(template: Path) -> str:
    """The source without what the template engine takes out."""
    return re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "", template.read_text(encoding="utf-8"), flags=re.S)


@pytest.mark.parametrize("listed", LISTS, ids=["pages", "journeys"])
def test_every_vendored_file_is_listed_with_version_licence_and_hash_and_is_as_it_came(listed: Path) -> None:
    rows = {row["file"]: row for row in csv.DictReader(listed.read_text(encoding="utf-8").splitlines())}
    there = {
        p.relative_to(listed.parent).as_posix()
        for p in listed.parent.rglob("*")
        if p.is_file() and p != listed
    }
    assert there == set(rows)
    for name, row in rows.items():
        assert row["package"]
        assert row["version"] in name
        assert row["licence"]
        assert hashlib.sha256((listed.parent / name).read_bytes()).hexdigest() == row["sha256"], name


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("inline style", r"<[^>]*\sstyle\s*="),
        ("style element", r"<style\b"),
        ("inline script", r"<script(?![^>]*\bsrc=)(?![^>]*application/json)[^>]*>"),
        ("handler attribute", r"<[^>]*\son[a-z]+\s*="),
        ("another host", r"(?:src|href|action|hx-\w+)=[\"']https?://"),
    ],
)
def test_no_template_breaks_the_policy(what: str, pattern: str) -> None:
    bad = [p.name for p in TEMPLATES if re.search(pattern, html_of(p))]
    assert not bad, what


def test_no_stylesheet_or_script_asks_another_host() -> None:
    own = [p for p in (WEB / "static" / "web").rglob("*") if p.suffix in {".css", ".js"}]
    assert own
    assert not [p.name for p in own if re.search(r"https?://|@import|url\(", p.read_text(encoding="utf-8"))]
