"""The ASGI application that takes positions of phones: the protocol, the registry, the store."""

from __future__ import annotations

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiuhua.conf.settings")
django.setup()

from xiuhua.gateways.osmand.server import Application  # noqa: E402 - Django must be ready first
from xiuhua.gateways.roll import Roll  # noqa: E402

application = Application(Roll("osmand"))
