"""`xiuhua users list|add|key|disable|password|demo`: accounts, keys and the people of the demo bureau."""

from __future__ import annotations

import argparse
import unicodedata
from collections.abc import Callable, Sequence

from django.db import transaction

from xiuhua.conf.demo_people import make_demo_users, new_password, unit_of
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM, Invalid
from xiuhua.org import actions, queries, rules
from xiuhua.org.queries import User


def _user(login: str) -> User:
    user = queries.user_by_login(login)
    if user is None:
        raise Invalid({"login": f"没有账号“{login}”；xiuhua users list 列出全部账号"})
    return user


def _width(text: str) -> int:
    """Columns a text takes in a terminal: Chinese signs take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def print_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Rows under a header, in columns that line up with Chinese text too."""
    widths = [max(map(_width, column)) for column in zip(header, *rows, strict=True)]
    for row in (header, *rows):
        print("  ".join(c + " " * (w - _width(c)) for c, w in zip(row, widths, strict=True)).rstrip())


def list_users(args: argparse.Namespace) -> None:
    day = clock.today()
    rows = []
    for user in queries.users(SYSTEM):
        posts = queries.posts_of(user.officer, day)
        held = "、".join(f"{p.unit.short_name} {p.get_role_display()}" for p in posts)
        state = "" if user.is_active else "已停用"
        rows.append((user.login, user.officer.name, held or "无任职", state))
    print_table(("login", "name", "posts", "state"), rows)


@transaction.atomic
def add(args: argparse.Namespace) -> None:
    unit, at = unit_of(args.unit), clock.now()
    if args.role not in rules.ROLES:
        raise Invalid({"role": f"没有角色“{args.role}”；可用：{'、'.join(rules.ROLES)}"})
    officer = actions.hire(
        staff_no=args.staff_no, name=args.name, kind=rules.PersonKind(args.kind), by=SYSTEM, at=at
    )
    actions.appoint(officer=officer, unit=unit, role=args.role, valid_from=clock.day_of(at), by=SYSTEM, at=at)
    password = None if args.key_only else new_password()
    actions.make_user(
        officer=officer, login=args.login, password=password, must_use_totp=args.totp, by=SYSTEM, at=at
    )
    print(f"{args.login}: {password or 'no password, make a key with `xiuhua users key`'}")


def key(args: argparse.Namespace) -> None:
    _, raw = actions.make_key(user=_user(args.login), label=args.label, by=SYSTEM, at=clock.now())
    print(raw)


def disable(args: argparse.Namespace) -> None:
    actions.disable_user(user=_user(args.login), reason=args.reason, by=SYSTEM, at=clock.now())
    print(f"{args.login} is out; sessions and keys ended")


def password(args: argparse.Namespace) -> None:
    made = new_password()
    actions.set_password(user=_user(args.login), password=made, by=SYSTEM, at=clock.now())
    print(f"{args.login}: {made}")


def demo(args: argparse.Namespace) -> None:
    made = make_demo_users(by=SYSTEM, at=clock.now(), password=args.password)
    print_table(
        ("login", "name", "role", "unit", "password"),
        [(m.login, m.name, m.role, m.unit, m.password or "(unchanged)") for m in made],
    )


Work = Callable[[argparse.Namespace], None]


def arguments(parser: argparse.ArgumentParser) -> None:
    kinds = parser.add_subparsers(dest="what", required=True, metavar="list|add|key|disable|password|demo")

    def command(work: Work, name: str, help: str) -> argparse.ArgumentParser:
        sub = kinds.add_parser(name, help=help, description=help)
        sub.set_defaults(work=work)
        return sub

    command(list_users, "list", "every account with its posts of today")
    new = command(add, "add", "a person with a post and an account; prints the password once")
    new.add_argument("login")
    new.add_argument("--name", required=True)
    new.add_argument("--staff-no", required=True)
    new.add_argument("--unit", required=True, help="code of the unit")
    new.add_argument("--role", required=True)
    new.add_argument("--kind", choices=[k.value for k in rules.PersonKind], default="civil")
    new.add_argument("--totp", action="store_true", help="a one-time code is asked for at sign-in")
    new.add_argument("--key-only", action="store_true", help="no password: a machine that uses a key")
    new_key = command(key, "key", "a key for a machine; printed this once")
    new_key.add_argument("login")
    new_key.add_argument("--label", required=True, help="what the key is for")
    out = command(disable, "disable", "out at once: sessions and keys end")
    out.add_argument("login")
    out.add_argument("--reason", required=True)
    again = command(password, "password", "a new password; printed this once")
    again.add_argument("login")
    people = command(demo, "demo", "one account for each role, with invented names")
    people.add_argument("--password", default="", help="the same for all; made by chance if left out")


def run(args: argparse.Namespace) -> int:
    args.work(args)
    return 0
