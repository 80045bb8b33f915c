"""`xiuhua manage …`: Django's own commands."""

from __future__ import annotations

import argparse

from django.core.management import execute_from_command_line


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("command", nargs=argparse.REMAINDER, help="for example migrate or shell")


def run(args: argparse.Namespace) -> int:
    execute_from_command_line(["xiuhua manage", *args.command])
    return 0
