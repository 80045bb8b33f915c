"""A client that sends the rest of one upload and may be killed at any moment: `python -m … ADDRESS FILE TOKEN`."""

from __future__ import annotations

import sys
from pathlib import Path

import httpx

from xiuhua.gateways.station import uploading

if __name__ == "__main__":
    address, path, token = sys.argv[1], Path(sys.argv[2]), sys.argv[3]
    with httpx.Client(headers={"Authorization": f"Bearer {token}"}, timeout=60, trust_env=False) as line:
        size = path.stat().st_size
        # Each offset that the server confirms is said, so that whoever kills us knows when we are at it.
        uploading.send(line, address, path, size, chunk=4 << 20, seen=lambda at: print(at, flush=True))  # noqa: T201
