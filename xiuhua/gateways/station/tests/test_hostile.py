"""Whatever a recorder puts into the folder, by any name and with anything inside: its manifest can be told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from hypothesis import given
from hypothesis import settings as bounds
from hypothesis import strategies as some

from xiuhua.evidence.rules import recordings as rules
from xiuhua.gateways.station import docked
from xiuhua.kernel.clock import SHANGHAI

NAMES = docked.patterns(Path(settings.BASE_DIR) / "reference" / "recording_names.csv")
DIGITS = some.text("0123456789", min_size=14, max_size=14)
LIKE = some.one_of(
    some.text(max_size=60),
    some.builds("0000123_100045_{}_0001.mp4".format, DIGITS),
    some.builds("0000123_100045_310115000000_{}_{}_IMP.mp4".format, DIGITS, DIGITS),
    some.builds("{}_12.mp4".format, some.text("0123456789_", min_size=15, max_size=15)),
)
HEAD = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"
INSIDE = some.one_of(some.binary(min_size=1, max_size=300), some.binary(max_size=300).map(HEAD.__add__))


@given(LIKE)
def test_no_name_breaks_its_reader(name: str) -> None:
    told = rules.parse(name, NAMES, SHANGHAI)
    assert set(told) <= {"recorder_no", "officer_no", "unit_no", "started_at", "ended_at", "important"}


@contextmanager
def put(name: str, data: bytes) -> Iterator[Path]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        yield path


@bounds(max_examples=40, deadline=None)
@given(
    some.sampled_from(["0000123_100045_20260513081500_0001.mp4", "20260513_081500_12.avi", "a.jpg"]), INSIDE
)
def test_nothing_inside_a_file_breaks_its_manifest(name: str, data: bytes) -> None:
    with put(name, data) as path:
        known = docked.hashed(path)
        said = json.loads(json.dumps(docked.manifest(known, NAMES)))
    assert (said["file_name"], said["size"]) == (name, len(data))
    assert rules.HASH.match(said["sha256"])
    assert rules.HASH.match(said["sm3"])
