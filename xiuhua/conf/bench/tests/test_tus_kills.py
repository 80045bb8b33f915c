"""Server and client are killed at random moments; not a byte is wrong. The bench does it a hundred times."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow


def test_no_byte_is_wrong_after_kills_of_server_and_client(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "XIUHUA_VAR_DIR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "xiuhua.conf.settings",
    }
    environment.pop("XIUHUA_DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-m", "xiuhua.conf.bench", "tus_kills"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    [figure] = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert (figure["name"], figure["value"], figure["rows"]) == ("tus.wrong_after_kills", 0, 3)
