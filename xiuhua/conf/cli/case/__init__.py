"""`xiuhua case check|export|schema|measure`: the file check at the console, and cases as files to exchange."""

from __future__ import annotations

import argparse
from pathlib import Path

from xiuhua.conf.cli.case.files import check_case, check_file, check_files, export
from xiuhua.conf.cli.case.papers import measured, schema_text
from xiuhua.conf.cli.case.several import check_several
from xiuhua.kernel.authz import Invalid


def arguments(parser: argparse.ArgumentParser) -> None:
    parts = parser.add_subparsers(dest="what", required=True, metavar="check|export|schema|measure")
    check = parts.add_parser("check", help="say what is wrong with a file, or with cases of this bureau")
    check.add_argument(
        "file",
        nargs="*",
        metavar="FILE.json",
        help="a case as data; - reads standard input; of several one line each",
    )
    check.add_argument("--case", metavar="NUMBER", help="one case of this bureau")
    check.add_argument("--all", action="store_true", help="every case of this bureau")
    check.add_argument("--unit", metavar="CODE", help="the cases of one unit")
    check.add_argument("--closed-in", type=int, metavar="YEAR", help="the cases closed in a year")
    check.add_argument(
        "--csv", type=Path, metavar="FILE", help="with several cases: write every finding here"
    )
    check.add_argument("--json", action="store_true", help="print one JSON object")
    export = parts.add_parser("export", help="write a case of this bureau as a file that `check` reads")
    export.add_argument("number", nargs="?", metavar="NUMBER", help="the number of the case")
    export.add_argument("--case", metavar="NUMBER", help="the same, as an option")
    export.add_argument("--out", type=Path, metavar="FILE", help="where to write (default: standard output)")
    parts.add_parser("schema", help="print the JSON schema of a case file (docs/case-file.schema.json)")
    parts.add_parser("measure", help="print how well the check finds known defects (docs/checker.md)")


def run(args: argparse.Namespace) -> int:
    match args.what:
        case "schema":
            print(schema_text(), end="")
            return 0
        case "measure":
            print(measured(), end="")
            return 0
        case "export":
            return export(args.number or args.case or "", args.out)
    if args.case:
        return check_case(args.case, args.json)
    if len(args.file) > 1:
        return check_files(args.file)
    if args.file:
        return check_file(args.file[0], args.json)
    if args.all or args.unit or args.closed_in:
        return check_several(args)
    raise Invalid({"FILE.json": "请给出一个文件，或者 --case、--all、--unit、--closed-in 之一"})
