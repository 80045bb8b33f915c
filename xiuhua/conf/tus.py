"""The ASGI application that takes uploads: the protocol, its depot, and the evidence room behind it."""

from __future__ import annotations

import os
from datetime import timedelta
from urllib.parse import urlsplit

import django
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiuhua.conf.settings")
django.setup()

from xiuhua.gateways.tus.depot import Depot  # noqa: E402 - Django must be ready first
from xiuhua.gateways.tus.server import Application, Place  # noqa: E402
from xiuhua.gateways.tus.session import Limits  # noqa: E402
from xiuhua.gateways.tus.sink import StationSink  # noqa: E402


def _place() -> Place:
    """As stations see it: behind a proxy the address that they call is not ours."""
    url = urlsplit(settings.TUS_URL)
    told = "XIUHUA_TUS_URL" in os.environ
    return Place(f"{url.path.rstrip('/')}/", f"{url.scheme}://{url.netloc}" if told else "")


application = Application(
    Depot(settings.UPLOADS_DIR, timedelta(hours=settings.UPLOAD_HOURS)),
    StationSink(),
    Limits(settings.UPLOAD_BYTES),
    _place(),
)
