"""What guides discretion: tiers of the span, further ranges of a norm, circumstances with their articles."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from xiuhua.cases.actions.reference.causes import RANGES
from xiuhua.cases.models import Band, Factor, Tier
from xiuhua.org.actions.reference import DATED, SOURCED, Sheet, Tables, unknown_acts
from xiuhua.org.rules.tables import Column, Fault, Row, Shape, Table, amount, one_of, whole, yes_no

PARTY_KINDS = ("*", "citizen", "organisation")
DIRECTIONS = ("none", "lighter", "heavier", "either")
FORCES = ("must", "may", "weigh")


def _tiers(table: Table, tables: Tables) -> Iterator[tuple[int, Row]]:
    for index, row in enumerate(table.rows):
        yield index, {k: v for k, v in row.items() if k != "note"}


def _check_tiers(table: Table, tables: Tables) -> Iterator[Fault]:
    """Causes that are known, and tiers that cover the span from 0 to 100 without a hole."""
    causes = {row["code"] for row in tables["causes.csv"].rows}
    spans: dict[tuple[str, object], list[tuple[int, int, int]]] = defaultdict(list)
    for index, row in enumerate(table.rows):
        if row["cause_code"] != "*" and row["cause_code"] not in causes:
            yield table.fault(index, "cause_code", f"“{row['cause_code']}” is not in causes.csv")
        spans[row["cause_code"], row["valid_from"]].append((row["from_percent"], row["to_percent"], index))
    for tiers in spans.values():
        reached = 0
        for begins, ends, index in sorted(tiers):
            if begins != reached or ends <= begins:
                yield table.fault(index, "from_percent", f"the tier does not go on at {reached} %")
            reached = ends
        if reached != 100:
            yield table.fault(tiers[-1][2], "to_percent", "the tiers do not reach 100 %")


def _check_bands(table: Table, tables: Tables) -> Iterator[Fault]:
    """Causes that are known, and a range that is one."""
    causes = {row["code"] for row in tables["causes.csv"].rows}
    for index, row in enumerate(table.rows):
        if row["cause_code"] not in causes:
            yield table.fault(index, "cause_code", f"“{row['cause_code']}” is not in causes.csv")
        if row["ceiling"] is None or (row["floor"] or 0) >= row["ceiling"]:
            yield table.fault(index, "ceiling", "does not lie above the floor")
    yield from unknown_acts(table, ("article",), tables)


def _check_factors(table: Table, tables: Tables) -> Iterator[Fault]:
    """Grounds below the floor are lighter ones, and every circumstance that a cause names is explained here."""
    for index, row in enumerate(table.rows):
        if row["ground"] and (row["direction"] != "lighter" or row["force"] == "weigh"):
            yield table.fault(index, "ground", "only a lighter ground of the law goes below the floor")
        if row["direction"] in {"none", "either"} and (row["force"] == "weigh") != (
            row["direction"] == "either"
        ):
            yield table.fault(
                index, "force", "no penalty is a matter of law, what goes either way is weighed"
            )
        if (row["direction"] == "either") != all(row[name] for name in ("low", "high", "low_en", "high_en")):
            yield table.fault(index, "low", "what goes either way has words for both, and nothing else has")
    known = {row["code"] for row in table.rows}
    causes = tables["causes.csv"]
    for index, row in enumerate(causes.rows):
        for code in row["tier_factors"]:
            if code not in known:
                yield causes.fault(index, "tier_factors", f"“{code}” is not in factors.csv")
    yield from unknown_acts(table, ("article",), tables)


TIERS = Sheet(
    shape=Shape(
        "tiers.csv",
        (
            Column("cause_code", needed=True),
            Column("tier", one_of(("lighter", "ordinary", "heavier")), needed=True),
            Column("label", needed=True),
            Column("from_percent", whole, needed=True),
            Column("to_percent", whole, needed=True),
            *DATED,
            *SOURCED,
            Column("note"),
        ),
        key=("cause_code", "tier"),
        dated=True,
    ),
    model=Tier,
    key=("cause_code", "tier", "valid_from"),
    wanted=_tiers,
    check=_check_tiers,
)

BANDS = Sheet(
    shape=Shape(
        "bands.csv",
        (
            Column("cause_code", needed=True),
            Column("band", needed=True),
            Column("label", needed=True),
            Column("label_en", needed=True),
            Column("party_kind", one_of(PARTY_KINDS), needed=True),
            Column("floor", amount),
            Column("ceiling", amount, needed=True),
            Column("unit", one_of(RANGES), needed=True),
            Column("article", needed=True),
            *DATED,
            *SOURCED,
            Column("note"),
        ),
        key=("cause_code", "band"),
        dated=True,
    ),
    model=Band,
    key=("cause_code", "band", "valid_from"),
    check=_check_bands,
)

FACTORS = Sheet(
    shape=Shape(
        "factors.csv",
        (
            Column("code", needed=True),
            Column("label", needed=True),
            Column("label_en", needed=True),
            Column("direction", one_of(DIRECTIONS), needed=True),
            Column("force", one_of(FORCES), needed=True),
            Column("ground"),
            Column("article", needed=True),
            Column("party_kind", one_of(PARTY_KINDS), needed=True),
            Column("only_named", yes_no, needed=True),
            Column("low"),
            Column("high"),
            Column("low_en"),
            Column("high_en"),
            *DATED,
            *SOURCED,
            Column("note"),
        ),
        key=("code",),
        dated=True,
    ),
    model=Factor,
    key=("code", "valid_from"),
    check=_check_factors,
)
