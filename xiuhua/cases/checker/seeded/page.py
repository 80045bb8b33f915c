"""`docs/checker.md`: what the file check knows and how well it finds it, from the rules and the seeded files. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from xiuhua.cases.checker.checking import Checker
from xiuhua.cases.checker.law import Law
from xiuhua.cases.checker.rules import GROUPS, SEVERITIES
from xiuhua.cases.checker.seeded.defects import defects
from xiuhua.cases.checker.seeded.mixed import MOST, mixed
from xiuhua.cases.checker.seeded.samples import lawful
from xiuhua.cases.checker.seeded.score import FILES, LEAST, SEED, Score, inexact, score
from xiuhua.cases.checker.seeded.words import HEAD, METHOD


def page(checker: Checker, law: Law) -> str:
    """The whole page; the same rules give the same text."""
    result = score(checker, mixed(FILES, SEED, checker))
    return (
        "\n".join([HEAD, *_rules(checker), _method(checker, law, result), *_besides(result), *_together()])
        + "\n"
    )


def _rules(checker: Checker) -> Iterator[str]:
    yield "## The rules\n"
    yield f"| group | {' | '.join(SEVERITIES)} | read | checked | memory |"
    yield "|---|---|---|---|---|---|---|"
    for group in GROUPS:
        own = [rule for rule in checker.rules if rule.group == group]
        said = Counter([*(rule.severity for rule in own), *(rule.certainty for rule in own)])
        names = (*SEVERITIES, "read", "checked", "memory")
        yield f"| {group} | {' | '.join(str(said[name]) for name in names)} |"


def _method(checker: Checker, law: Law, result: Score) -> str:
    return METHOD.format(
        lawful=len(lawful()),
        rules=len(checker.rules),
        files=result.files,
        most=MOST,
        exact=len(checker.rules) - len(list(inexact(checker, law))),
        due=result.hits + len(result.missed),
        recall=result.recall,
        precision=result.precision,
        least=LEAST,
    )


def _besides(result: Score) -> Iterator[str]:
    yield "What fired besides, or did not come:\n"
    yield "| rule | defects of the file | |"
    yield "|---|---|---|"
    for word, wrong in (("besides", result.extra), ("missed", result.missed)):
        for rule, of in wrong:
            yield f"| {rule} | {', '.join(of)} | {word} |"


def _together() -> Iterator[str]:
    yield "\n## Defects that by law fire more than one rule\n"
    yield "| defect | fires too | because |"
    yield "|---|---|---|"
    for defect in defects():
        if defect.also:
            yield f"| {defect.rule} | {', '.join(sorted(defect.also))} | {defect.why} |"
