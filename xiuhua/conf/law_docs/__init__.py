"""The law as data as pages for lawyers: docs/law, written by `xiuhua reference docs`; a test keeps them current.

The files are read, not the tables, so that the pages say what the sources say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xiuhua.conf.law_docs.causes import causes_page
from xiuhua.conf.law_docs.discretion import discretion_page
from xiuhua.conf.law_docs.periods import clocks_page, parameters_page
from xiuhua.conf.law_docs.shared import MADE, MARKS, table
from xiuhua.org.actions.reference import Tables


def index_page(tables: Tables) -> str:
    """What lies in the folder, and how sure it is."""
    lines = ["# 法规库 The law as data", "", MADE, ""]
    lines += [
        "- [案由 Causes of action](causes.md)",
        "- [裁量 Discretion](discretion.md)",
        "- [法定参数 Parameters](parameters.md)",
        "- [期限 Periods](clocks.md)",
        "- [程序表 Procedures](../procedures/README.md)",
        "",
        "未核实的条目须经法制机构核对原文后才可依据。",
        "Rows marked unverified need a lawyer before anybody relies on them.",
        "",
    ]
    lines += table(("文件", *(mark.strip("*") for mark in MARKS.values())), _sureness(tables))
    return "\n".join([*lines, ""])


def _sureness(tables: Tables) -> Iterator[Sequence[object]]:
    """How many rows of each file are how sure."""
    for file in ("causes.csv", "parameters.csv", "bands.csv", "factors.csv", "tiers.csv"):
        found = [row["certainty"] for row in tables[file].rows]
        yield (file, *(found.count(mark) or "" for mark in MARKS))


def pages(tables: Tables) -> Mapping[str, str]:
    """Every file of docs/law: name → text."""
    return {
        "README.md": index_page(tables),
        "causes.md": causes_page(tables),
        "clocks.md": clocks_page(tables),
        "discretion.md": discretion_page(tables),
        "parameters.md": parameters_page(tables),
    }
