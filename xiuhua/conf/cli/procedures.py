"""`xiuhua procedures draw`: the diagram of every procedure table, and a page that lists their moves with articles."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from django.conf import settings

from xiuhua.cases.procedure.draw import svg
from xiuhua.cases.procedure.guards import GUARDS
from xiuhua.cases.procedure.moves import ROLE_LABELS, Move, Table
from xiuhua.cases.procedure.side import SIDES
from xiuhua.cases.procedure.tables import TABLES

NAMES = {
    "summary": "简易程序 Summary procedure",
    "ordinary": "普通程序 Ordinary procedure",
    "demolition": "拆违 Demolition of illegal buildings",
}
# A picture of its own knows no page around it: ink and paper are said.
PAPER = 'style="color:#1a1a1a;background:#fff" '
MARKS = {"read": "已读原文", "checked": "已核对", "memory": "凭记忆", "unverified": "未核实"}


def arguments(parser: argparse.ArgumentParser) -> None:
    parts = parser.add_subparsers(dest="what", required=True, metavar="draw")
    draw = parts.add_parser("draw", help="write docs/procedures: a diagram and a page for each table")
    draw.add_argument("--out", type=Path, help="the folder (default: docs/procedures)")


def run(args: argparse.Namespace) -> int:
    folder = args.out or Path(settings.BASE_DIR) / "docs" / "procedures"
    folder.mkdir(parents=True, exist_ok=True)
    pages = drawn()
    for old in folder.iterdir():
        if old.suffix in {".svg", ".md"} and old.name not in pages:
            old.unlink()
    for name, text in pages.items():
        (folder / name).write_text(text, encoding="utf-8")
    print(f"{len(pages)} files in {folder}")
    return 0


def _once(tables: Iterable[Table]) -> list[Table]:
    return list({table.version: table for table in tables}.values())


def _tables() -> Iterator[tuple[str, Table]]:
    for name, tables in TABLES.items():
        yield from ((NAMES.get(name, name), table) for table in _once(tables))
    for side in SIDES.values():
        yield from ((f"{side.label_zh} {side.label_en}", table) for table in side.tables)


def drawn() -> Mapping[str, str]:
    """Every file of the folder: name → text."""
    pages: dict[str, str] = {}
    index = [
        "# 程序表 Procedures",
        "",
        "由 `xiuhua procedures draw` 生成，有测试保证一致。Drawn from the tables by `xiuhua procedures draw`; a test",
        "keeps them current. 确定程度 certainty: " + "，".join(f"{k} {v}" for k, v in MARKS.items()) + "。",
        "",
    ]
    for label, table in _tables():
        name = f"{table.procedure}-{table.version}"
        pages[f"{name}.svg"] = svg(table).replace("<svg ", f"<svg {PAPER}", 1) + "\n"
        pages[f"{name}.md"] = "\n".join(_page(label, table, name)) + "\n"
        index.append(f"- [{label}，{_validity(table)}]({name}.md)")
    return {**pages, "README.md": "\n".join(index) + "\n"}


def _validity(table: Table) -> str:
    since = table.valid_from.isoformat() if table.valid_from else ""
    until = table.valid_to.isoformat() if table.valid_to else ""
    if since and until:
        return f"{since} 至 {until}"
    return f"{since} 起" if since else f"至 {until}" if until else "现行"


def _page(label: str, table: Table, name: str) -> Iterator[str]:
    yield from (f"# {label}（{_validity(table)}）", "", f"![{label}]({name}.svg)", "")
    yield "| 步骤 Move | 从 From | 到 To | 谁 Who | 条件 Guards | 期限 Clock | 条款 Article | 确定程度 |"
    yield "|---|---|---|---|---|---|---|---|"
    for move in table.moves:
        yield "| " + " | ".join(_cells(move, table)) + " |"


def _cells(move: Move, table: Table) -> Iterator[str]:
    yield f"{move.label} `{move.id}`"
    yield table.state(move.source).label
    yield "—" if move.stays else table.state(move.target).label
    yield "、".join(ROLE_LABELS[role] for role in sorted(move.roles))
    yield "<br>".join(GUARDS[guard].meaning for guard in move.guards)
    clock = move.clock
    yield f"`{clock.start_event}` {clock.length:+d} {clock.unit}".replace("_", " ") if clock else ""
    yield "；".join(move.articles)
    yield MARKS[move.certainty.value]
