"""Foreign receivers: the stock libraries in JavaScript and Python verify and read what we send."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from cloudevents.core.bindings.http import HTTPMessage, from_http_event
from django.conf import settings
from standardwebhooks import Webhook, WebhookVerificationError

from xiuhua.exchange import actions, jobs
from xiuhua.exchange.models import Event, Subscription
from xiuhua.exchange.rules import events as kinds
from xiuhua.exchange.tests.agency import CHANNEL, GB_ID, Receiver, Sharing
from xiuhua.kernel import clock, record
from xiuhua.kernel.authz import SYSTEM
from xiuhua.registers.tests.bureau import AT

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
NODE_MODULES = Path(settings.BASE_DIR) / "var" / "node" / "node_modules"
RECEIVER = Path(__file__).with_name("receiver.mjs")


class Agency:
    """The receiver in JavaScript, in a process of its own."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.url = f"http://127.0.0.1:{int(self.read())}/in"

    def read(self) -> Any:
        assert self.process.stdout is not None
        return json.loads(self.process.stdout.readline())


@contextmanager
def javascript(*secrets: str) -> Iterator[Agency]:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    for name in ("standardwebhooks", "cloudevents"):
        if not (NODE_MODULES / name).is_dir():
            pytest.skip(f"{name} is not installed: npm install --prefix var/node {name}")
    command = [node, str(RECEIVER), str(NODE_MODULES), ",".join(secrets)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield Agency(process)
        finally:
            process.kill()


def _moved(row: Subscription, url: str) -> None:
    """The receiver could only start when the secret was known."""
    with record.act("示例", by=SYSTEM, at=AT) as act:
        row.url = url
        row.save()
        act.entry(on=row, facts={})


def send(row: Subscription) -> None:
    """What the worker does, at the true hour: the stock libraries ask the wall clock."""
    with clock.held_at(AT):
        actions.look(at=AT)
    row.refresh_from_db()
    jobs.deliver({"subscription": row.pk})


def lasting(**more: Any) -> dict[str, Any]:
    """Terms that hold at the true hour, too."""
    day = clock.day_of(clock.now())
    return {"kinds": [kinds.POSITION], "valid_to": max(day, AT.date()), **more}


@pytest.fixture
def untimed(monkeypatch: pytest.MonkeyPatch) -> None:
    """An event of AT is as fresh as any: how long it waited is tried elsewhere."""
    monkeypatch.setattr("xiuhua.exchange.jobs.actions.give_up_old", lambda **_: 0)


def test_the_stock_receivers_in_javascript_verify_and_read_an_event_and_refuse_an_altered_one(
    sharing: Sharing, untimed: None
) -> None:
    row, secret = sharing.subscribed(**lasting())
    with javascript(secret) as agency:
        _moved(row, agency.url)
        sharing.camera(AT)
        send(row)
        found = agency.read()
    event = Event.objects.get()
    body = json.loads(event.body)
    assert found["verified"] == [body]
    assert found["altered"] == {"refused": "No matching signature found"}
    assert found["moved"] == {"refused": "No matching signature found"}
    assert found["valid"] is True
    read = found["event"]
    read["time"] = read["time"].replace(".000Z", "Z")
    assert read == body
    assert (read["subject"], read["data"]["channels"]) == (GB_ID, [CHANNEL])


def test_while_a_secret_is_changed_the_stock_receiver_verifies_with_either(
    sharing: Sharing, untimed: None
) -> None:
    row, old = sharing.subscribed(**lasting())
    new = actions.rotate_secret(subscription=row, by=sharing.deputy, at=clock.now())
    with javascript(new, old) as agency:
        _moved(row, agency.url)
        sharing.camera(AT)
        send(row)
        found = agency.read()
    body = json.loads(Event.objects.get().body)
    assert found["verified"] == [body, body]


def test_the_stock_libraries_in_python_verify_and_read_an_event(
    sharing: Sharing, agency: Receiver, untimed: None
) -> None:
    row, secret = sharing.subscribed(**lasting(url=agency.url))
    sharing.camera(AT)
    send(row)
    (got,) = agency.posts
    verified = Webhook(secret).verify(got.body, dict(got.headers))
    read = from_http_event(HTTPMessage(headers=dict(got.headers), body=got.body))
    assert verified == json.loads(got.body)
    assert (read.get_subject(), read.get_type()) == (GB_ID, kinds.POSITION)
    assert read.get_data() == verified["data"]
    altered = got.body.replace(b"body_camera", b"phone")
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(altered, dict(got.headers))
