"""`xiuhua shots`: a picture of every page, on a desk and on a phone, of a small bureau that is made for it."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xiuhua.conf.pages import VISITS
from xiuhua.conf.testing import browser
from xiuhua.conf.testing.site import served
from xiuhua.conf.testing.visiting import lay_out, take
from xiuhua.kernel.authz import Invalid

PASSWORD = "xiuhua-demo-2026"  # noqa: S105 - of the bureau that lives as long as the pictures are taken


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--out", type=Path, default=Path("var/shots"), help="where the pictures go (default var/shots)"
    )
    parser.add_argument("--only", default="", help="only pages whose name begins so")
    parser.add_argument("--size", choices=sorted(browser.SIZES), default="", help="only this size")
    parser.add_argument(
        "--url", default="", help="a bureau that is served already, with the people of the demo"
    )
    parser.add_argument("--password", default=PASSWORD, help="password of the people of the demo there")


def run(args: argparse.Namespace) -> int:
    args.out.mkdir(parents=True, exist_ok=True)
    visits = [v for v in VISITS if v.name.startswith(args.only)]
    if not visits:
        raise Invalid({"only": f"没有名称以“{args.only}”开头的页面"})
    sizes = [args.size] if args.size else list(browser.SIZES)
    with browser.started() as chromium, _bureau(args.url) as url:
        for size in sizes:
            for visit in visits:
                path = args.out / f"{visit.name}-{size}.png"
                take(chromium, url, visit, size, password=args.password, path=path)
                print(path)
    return 0


@contextmanager
def _bureau(url: str) -> Iterator[str]:
    """The address of a bureau with rows in it: the one given, or one that is made and served until the block ends."""
    if url:
        yield url
        return
    with (
        tempfile.TemporaryDirectory(prefix="xiuhua-shots-") as var,
        served(Path(var), ("reference", "load")) as site,
    ):
        lay_out(site, PASSWORD)
        yield site.url
