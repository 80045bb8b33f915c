"""What a check-in and a finding from the phone cost on the server: the whole request, as the phone sends it."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from xiuhua.conf.bench.measure import Measure, spans, timed
from xiuhua.conf.cli.reference import load_all
from xiuhua.conf.demo_people import make_demo_users
from xiuhua.duty import queries as duty
from xiuhua.duty.queries import Point
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM
from xiuhua.leads import queries as leads
from xiuhua.org import actions as org_actions
from xiuhua.org import queries as org
from xiuhua.simulation import shifts
from xiuhua.simulation.world import load

ROUNDS = 200
LIMIT_MS = 50
PHOTO_BYTES = 300_000  # what a phone sends after it has made a picture smaller
LOGIN = "officer1"


def photo() -> bytes:
    """A PNG of a size as it comes from a phone; what it shows does not matter."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    filled = chunk(b"tEXt", b"Comment\x00" + b"x" * PHOTO_BYTES)
    return b"\x89PNG\r\n\x1a\n" + head + filled + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def measure() -> Sequence[Measure]:
    """200 check-ins and 200 findings with a photo, over three weeks of a squad's shifts and check-ins."""
    at = clock.now()
    load_all(by=SYSTEM, at=at)
    make_demo_users(by=SYSTEM, at=at)
    shifts.lay_out(load(Path(settings.REFERENCE_DIR)), at, 2018)
    client = _signed_in()
    point = duty.points(SYSTEM).filter(unit__code="SQ-310115016").first()
    kind = next(k for k in leads.kinds() if not any(q.required for q in leads.questions_of(k)))
    assert point is not None
    where = "PostgreSQL" if connection.vendor == "postgresql" else "SQLite"
    check_ins = [timed(partial(_check_in, client, point, n)) for n in range(ROUNDS)]
    findings = [timed(partial(_finding, client, kind.code, n)) for n in range(ROUNDS)]
    name = connection.vendor
    return [
        *spans(f"checkin.check_in.{name}", check_ins, LIMIT_MS, where),
        *spans(f"checkin.finding.{name}", findings, LIMIT_MS, where),
    ]


def _signed_in() -> Client:
    user = org.user_by_login(LOGIN)
    assert user is not None
    # Errors of the server are to be seen, not measured.
    client = Client(raise_request_exception=True, headers={"Accept": "application/json", "Host": "127.0.0.1"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    org_actions.start_session(
        user=user,
        session_key=client.session.session_key or "",
        ip="127.0.0.1",
        agent="bench",
        by=org.actor_for(user, clock.now()),
        at=clock.now(),
    )
    return client


def _check_in(client: Client, point: Point, n: int) -> None:
    said = {
        "point": point.pk,
        "at": (clock.now() - timedelta(seconds=1)).isoformat(),
        "lon": point.lon + n % 7 * 1e-5,
        "lat": point.lat,
        "accuracy": 9,
        "device": "bench",
    }
    answer = client.post("/duty/send/check-in/", said, headers={"X-Delivery-Key": str(uuid4())})
    assert answer.status_code == 200, answer.content[:300]


def _finding(client: Client, kind: str, n: int) -> None:
    said = {
        "kind": kind,
        "place": f"示例路{n}号",
        "found_at": clock.now().isoformat(),
        "next": "later",
        "photos": SimpleUploadedFile(f"{n}.png", photo() + str(n).encode(), "image/png"),
    }
    answer = client.post("/leads/finding/", said, headers={"X-Delivery-Key": str(uuid4())})
    assert answer.status_code == 200, answer.content[:300]
