"""The ASGI application of the live map."""

from __future__ import annotations

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiuhua.conf.settings")
django.setup()

from xiuhua.web.command.stream import Application  # noqa: E402 - Django must be ready first

application = Application()
