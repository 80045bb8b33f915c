"""docs/law says what the sources say, and is current."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings

from xiuhua.conf import law_docs
from xiuhua.conf.cli import main
from xiuhua.conf.cli.reference import read_all
from xiuhua.org.actions.reference import Tables

FOLDER = Path(settings.BASE_DIR) / "docs" / "law"


@pytest.fixture(scope="module")
def tables() -> Tables:
    return read_all(settings.REFERENCE_DIR)


@pytest.fixture(scope="module")
def pages(tables: Tables) -> dict[str, str]:
    return dict(law_docs.pages(tables))


def test_the_pages_of_the_law_are_current(pages: dict[str, str]) -> None:
    there = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    assert there == pages, "run: xiuhua reference docs"


def test_every_row_of_the_sources_stands_in_them(tables: Tables, pages: dict[str, str]) -> None:
    def rows(page: str, first: str) -> int:
        return sum(line.startswith("| ") and not line.startswith(f"| {first}") for line in page.splitlines())

    assert rows(pages["causes.md"], "代码") == len(tables["causes.csv"].rows) == 176
    assert rows(pages["parameters.md"], "参数") == len(tables["parameters.csv"].rows)
    counted = sum(len(tables[f].rows) for f in ("tiers.csv", "bands.csv", "factors.csv"))
    heads = sum(line.startswith(("| 案由 |", "| 情节 |")) for line in pages["discretion.md"].splitlines())
    assert rows(pages["discretion.md"], "？") == counted + heads


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("causes.md", "《上海市市容环境卫生管理条例》第二十五条第二款"),
        ("causes.md", "**未核实**<br>存疑：下限、上限、处罚依据"),
        ("causes.md", "10,000–100,000 元"),
        ("parameters.md", "200 元"),
        ("parameters.md", "《中华人民共和国行政处罚法》第五十一条"),
        ("clocks.md", "90 日（自然日）"),
        ("discretion.md", "应当从轻、减轻，可低于下限"),
        ("discretion.md", "100,000–200,000 元"),
        ("README.md", "../procedures/README.md"),
    ],
)
def test_a_lawyer_reads_articles_dates_and_doubts_in_words(
    pages: dict[str, str], page: str, said: str
) -> None:
    assert said in pages[page]


def test_the_pages_are_written_where_one_asks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reference", "docs", "--out", str(tmp_path / "law")]) == 0
    assert sorted(p.name for p in (tmp_path / "law").iterdir()) == [
        "README.md",
        "causes.md",
        "clocks.md",
        "discretion.md",
        "parameters.md",
    ]
    assert str(tmp_path / "law" / "causes.md") in capsys.readouterr().out
