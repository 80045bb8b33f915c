"""An agency that is subscribed: a receiver on the loopback that does as it is told, and short ways to subscribe it."""

from __future__ import annotations

import csv
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from django.conf import settings

from xiuhua.command.tests.picture import Picture
from xiuhua.exchange import actions
from xiuhua.exchange.models import EventKind, Limit, Subscription
from xiuhua.exchange.rules import FIELDS
from xiuhua.kernel import record
from xiuhua.kernel.authz import SYSTEM, Actor
from xiuhua.observations.models import Device
from xiuhua.observations.tests import street as road
from xiuhua.org.models import Officer
from xiuhua.registers.tests.bureau import AT, Bureau

ORIGIN = "events.pudong.example"
GB_ID, CHANNEL = "31011500001180000007", "31011500001320000007"
OPEN = {"WebHook-Allowed-Origin": ORIGIN, "WebHook-Allowed-Rate": "*"}


@dataclass
class Got:
    """A request as it came in, headers in lower case."""

    method: str
    headers: Mapping[str, str]
    body: bytes


@dataclass
class Receiver:
    """Answers OPTIONS with `leave`, and POST with the next of `answers`, then with 200; while `silent` not at all."""

    leave: tuple[int, Mapping[str, str]]
    url: str = ""
    answers: list[tuple[int, Mapping[str, str]]] = field(default_factory=list)
    got: list[Got] = field(default_factory=list)
    silent: threading.Event = field(default_factory=threading.Event)

    @property
    def posts(self) -> list[Got]:
        return [one for one in self.got if one.method == "POST"]


@contextmanager
def receiver() -> Iterator[Receiver]:
    found = Receiver(leave=(200, OPEN))

    class Door(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length", 0)))
            headers = {name.lower(): value for name, value in self.headers.items()}
            found.got.append(Got(self.command, headers, body))
            if self.command == "POST" and found.silent.is_set():
                while found.silent.is_set():
                    time.sleep(0.02)
                return
            usual = found.leave if self.command == "OPTIONS" else (200, {})
            status, said = found.answers.pop(0) if self.command == "POST" and found.answers else usual
            self.send_response(status)
            for name, value in said.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        do_OPTIONS = do_POST = _answer

        def log_message(self, *_: object) -> None:
            """Nothing to the terminal."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    found.url = f"http://127.0.0.1:{server.server_address[1]}/in"
    try:
        yield found
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _rows(file: str) -> list[dict[str, str]]:
    with (settings.REFERENCE_DIR / file).open(encoding="utf-8", newline="") as text:
        return list(csv.DictReader(text))


def load_exchange() -> None:
    """The kinds of events and the numbers as their files have them."""
    with record.act("示例", by=SYSTEM, at=AT) as act:
        EventKind.objects.bulk_create(EventKind(**row) for row in _rows("exchange_events.csv"))
        Limit.objects.bulk_create(Limit(**row) for row in _rows("exchange_limits.csv"))
        act.entry(on=Limit.objects.all()[0], facts={})


class Sharing(Picture):
    """The picture of command with a head of the bureau who decides about sharing."""

    def __init__(self, bureau: Bureau) -> None:
        super().__init__(bureau)
        load_exchange()

    @property
    def deputy(self) -> Actor:
        return self.bureau.actor("bureau_deputy_head")

    def terms(self, **more: Any) -> dict[str, Any]:
        said: dict[str, Any] = {
            "agency": "示例市级平台",
            "contact": "示例联系人 021-00000000",
            "url": "https://events.city.example/in",
            "scheme": "v1",
            "purpose": "示例：市级平台汇总指挥",
            "basis": "示例：市府办文件",
            "kinds": list(FIELDS),
            "units": [],
            "areas": [],
            "interval": 60,
            "rate": 120,
            "valid_from": AT.date(),
            "valid_to": AT.date() + timedelta(days=365),
            "by": self.deputy,
            "at": AT,
        }
        return said | more

    def subscribe(self, **more: Any) -> Subscription:
        return self.subscribed(**more)[0]

    def subscribed(self, **more: Any) -> tuple[Subscription, str]:
        return actions.subscribe(**self.terms(**more))

    def camera(self, at: datetime = AT) -> Device:
        """A body camera of GB/T 28181 with a channel, on duty and seen."""
        person = Officer.objects.get(pk=self.officer.officer_id or 0)
        said = {"kind": "body_camera", "protocol": "gb28181", "name": "示例记录仪"}
        device = road.phone(self.unit, person, GB_ID, **said)
        with record.act("示例", by=SYSTEM, at=at) as act:
            device.channels.create(identity=CHANNEL, name="示例通道", told_at=at)
            act.entry(on=device, facts={})
        road.on_duty(f"duty.shift:{person.pk}", officer=person)
        self.seen(device, at)
        return device
