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

HEAD = """# How well the file check finds what is wrong

Written by `xiuhua case measure` from `reference/file_rules.csv` and the files of `xiuhua/cases/checker/seeded`; how
fast it is says `xiuhua bench checker`. What a rule is and how a file looks: [case-file.md](case-file.md).
"""
METHOD = """
## How it is measured

Lawful files: {lawful}, among them files of 2018, 2023 and 2024, of both procedures, with and without a hearing,
seizure, court, demolition; none may fire a rule. For each of the {rules} rules one of them is broken in exactly one way
(`defects.txt`). Then {files} random files hold none to {most} defects that do not speak of the same facts; what must
fire is what must fire for each. What fires besides counts against the check, although the law may be on its side: two
defects can together make a third.

| | |
|---|---|
| rules whose own file fires exactly what it must | {exact} of {rules} |
| findings that had to come | {due} |
| recall | {recall:.4f} (at least {least}) |
| precision | {precision:.4f} (at least {least}) |
"""


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
