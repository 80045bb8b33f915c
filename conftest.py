"""What the library of Django tests gives to every test, and no test of ours asks for, is given once in a process: with
ten thousand tests, most of them a rule and an answer, it is a twentieth of the fast suite.
"""

from __future__ import annotations

import gc
import sys

import pytest

NOT_ASKED_FOR = (
    "_dj_autoclear_mailbox",
    "_django_clear_site_cache",
    "_django_isolate_apps",
    "_django_set_urlconf",
    "_live_server_helper",
    "_template_string_if_invalid_marker",
)


def _nothing() -> None:
    """In the place of a fixture of that name."""


for _name in NOT_ASKED_FOR:
    globals()[_name] = pytest.fixture(_nothing, scope="session", autouse=True, name=_name)


def pytest_collection_finish() -> None:
    """Ten thousand collected tests live to the end: whoever looks for garbage need not walk through them each time, nor
    look so often.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_runtest_setup() -> None:
    """A test takes back what the one before it recorded, and entries get the same numbers again."""
    if rooms := sys.modules.get("xiuhua.web.frame.rooms"):
        rooms.forget()
