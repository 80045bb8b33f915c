"""A worker that is killed with -9 while it sends: the event arrives again under its id, and is done once."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from xiuhua.exchange.tests.agency import ORIGIN, receiver
from xiuhua.kernel.tests import harness

pytestmark = [pytest.mark.slow, pytest.mark.processes]
DRIVER = ("-m", "xiuhua.exchange.tests.driver")


def run(*arguments: str, url: str, folder: Path) -> str:
    process = harness.start(*DRIVER, *arguments, url=url, folder=folder)
    out, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    return out


def test_a_worker_that_is_killed_while_it_sends_loses_no_event_and_gives_it_no_other_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XIUHUA_EXCHANGE_ORIGIN", ORIGIN)
    monkeypatch.setenv("XIUHUA_EXCHANGE_NETWORKS", "127.0.0.0/8")
    with harness.database(tmp_path) as url, receiver() as agency:
        run("lay", agency.url, url=url, folder=tmp_path)
        agency.silent.set()
        with harness.start(*DRIVER, "work", "0", url=url, folder=tmp_path) as worker:
            until = time.monotonic() + 60
            while not agency.posts and time.monotonic() < until:
                time.sleep(0.05)
            worker.kill()
            worker.wait()
        agency.silent.clear()
        assert len(agency.posts) == 1
        run("work", "59", url=url, folder=tmp_path)  # its lease has not run out yet
        assert len(agency.posts) == 1
        run("work", "61", url=url, folder=tmp_path)
        found = json.loads(run("look", url=url, folder=tmp_path))
    assert [post.headers["webhook-id"] for post in agency.posts] == ["evt-1", "evt-1"]
    assert {post.body for post in agency.posts} == {b'{"a":1}'}
    assert found == {"state": "delivered", "tries": 2, "done": 1}
