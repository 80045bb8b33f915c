"""`xiuhua record …`: check the record, prove an entry of it, show where it stands."""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

from django.db import connection

from xiuhua.kernel import check_proof, proof, sealing, verify
from xiuhua.kernel.authz import Invalid
from xiuhua.kernel.notes import Unsigned


def arguments(parser: argparse.ArgumentParser) -> None:
    doing = parser.add_subparsers(dest="doing", required=True, metavar="WHAT")
    one = doing.add_parser("verify", help="find any edit, deletion, insertion or reorder of what was sealed")
    one.add_argument(
        "--against", type=Path, metavar="FILE", help="a signed checkpoint that you kept elsewhere"
    )
    one.add_argument("--json", action="store_true", help="print the report as one JSON object")
    one = doing.add_parser("prove", help="print the proof of one entry as a file that anyone can check")
    one.add_argument("id", type=int, metavar="ID", help="number of the entry")
    one = doing.add_parser("check", help="check a proof that somebody handed in; needs no database")
    one.add_argument("file", type=Path, metavar="FILE", help="what `prove` or `checkpoint --since` printed")
    one.add_argument("--key", default="", help="the published verifier key (default: the key of this record)")
    one.add_argument("--old", type=Path, metavar="FILE", help="the older checkpoint that the log grew from")
    doing.add_parser("checker", help="print a program of its own that checks proofs without Xiuhua")
    one = doing.add_parser("checkpoint", help="print the newest signed checkpoint")
    one.add_argument(
        "--since", type=int, metavar="SIZE", help="instead, proof that the log grew from that size"
    )
    doing.add_parser("key", help="print the verifier key, to be published")
    doing.add_parser("seal", help="seal what is not sealed yet (a worker does it all the time)")


def run(args: argparse.Namespace) -> int:
    return int(_DOING[args.doing](args))


def _verify(args: argparse.Namespace) -> int:
    # Another process cannot see a database in memory.
    alone = connection.vendor == "sqlite" and "memory" in str(connection.settings_dict["NAME"])
    against = _text(args.against) if args.against else ""
    report = verify.verify(against, processes=1 if alone else min(4, os.cpu_count() or 1))
    return _report(report, as_json=args.json)


def _report(report: verify.Report, *, as_json: bool) -> int:
    if as_json:
        print(json.dumps({**asdict(report), "sound": report.sound}, ensure_ascii=False))
        return 0 if report.sound else 1
    for finding in report.findings:
        print(f"{finding.what}: {finding.sentence}", file=sys.stderr)
    waiting = f"; {report.waiting} newer entries are not yet sealed" if report.waiting else ""
    if not report.sound:
        print(f"The record is BROKEN: {len(report.findings)} findings{waiting}.", file=sys.stderr)
        return 1
    rate = f", {report.size / report.seconds:,.0f} entries/s" if report.size > 10_000 else ""
    whole = f"The record is whole: {report.size:,} sealed entries are as they were written"
    print(f"{whole}{waiting} ({report.seconds:.1f} s{rate}).")
    return 0


def _prove(args: argparse.Namespace) -> int:
    print(json.dumps(proof.prove(args.id), ensure_ascii=False, indent=1))
    return 0


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Invalid({str(path): f"cannot be read: {error}"}) from error


def _check(args: argparse.Namespace) -> int:
    key = args.key or proof.verifier_key()
    try:
        given = json.loads(_text(args.file))
        if given["format"] == proof.GROWTH:
            return _check_growth(args, given, key)
        print(check_proof.check(given, key))
    except (Unsigned, ValueError, KeyError, TypeError) as error:
        print(f"NOT PROVED: {error}", file=sys.stderr)
        return 1
    print(f"PROVED: this entry is in the record signed by {key}", file=sys.stderr)
    return 0


def _check_growth(args: argparse.Namespace, given: dict[str, object], key: str) -> int:
    if args.old is None:
        raise Invalid({"--old": "give the older checkpoint that this proof begins with"})
    if not proof.grew_from(_text(args.old), given, key):
        print("NOT PROVED: the log does not begin with the older one", file=sys.stderr)
        return 1
    print("PROVED: the log begins with the older one, unchanged")
    return 0


def _checker(args: argparse.Namespace) -> int:
    print(Path(check_proof.__file__).read_text("utf-8"), end="")
    return 0


def _checkpoint(args: argparse.Namespace) -> int:
    if args.since is None:
        print(proof.checkpoint(), end="")
    else:
        print(json.dumps(proof.since(args.since), ensure_ascii=False, indent=1))
    return 0


def _key(args: argparse.Namespace) -> int:
    print(proof.verifier_key())
    return 0


def _seal(args: argparse.Namespace) -> int:
    print(f"{sealing.seal_all()} entries sealed")
    return 0


_DOING = {
    "verify": _verify,
    "prove": _prove,
    "check": _check,
    "checker": _checker,
    "checkpoint": _checkpoint,
    "key": _key,
    "seal": _seal,
}
