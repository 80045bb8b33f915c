"""A server of its own for foreign clients: whole files land in a folder, named by their SHA-256, with their SM3 beside.

granian --interface asgi xiuhua.gateways.tus.tests.plain:application     (TUS_HOME names the folder)
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiuhua.conf.settings_test")
django.setup()

from xiuhua.gateways.tus.depot import Depot  # noqa: E402
from xiuhua.gateways.tus.messages import Upload  # noqa: E402
from xiuhua.gateways.tus.server import Application  # noqa: E402
from xiuhua.gateways.tus.session import Limits  # noqa: E402
from xiuhua.kernel.files import Hashes  # noqa: E402

HOME = Path(os.environ.get("TUS_HOME", "var/tus"))


class Folder:
    """A sink that keeps files."""

    def admit(self, headers: Mapping[str, str]) -> str | None:
        return "anybody"

    def refuses(self, owner: str, metadata: Mapping[str, bytes], length: int | None) -> str:
        return ""

    def arrived(self, upload: Upload, data: Path, hashes: Hashes) -> None:
        (HOME / "whole").mkdir(exist_ok=True)
        place = HOME / "whole" / hashes.sha256.hexdigest()
        place.with_suffix(".sm3").write_text(hashes.sm3.hexdigest())
        if not place.exists():
            os.link(data, place)


application = Application(Depot(HOME / "uploads", timedelta(days=1)), Folder(), Limits(20 << 30))
