"""The words of `docs/checker.md`. Pure data."""

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
