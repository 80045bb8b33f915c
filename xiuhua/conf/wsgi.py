"""The WSGI door for granian."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiuhua.conf.settings")
application = get_wsgi_application()
# Pages and rooms are loaded before anybody asks: else the first requests wait some seconds for it, all at once.
get_resolver().url_patterns  # noqa: B018 - the first look at it loads it
# What is loaded now stays: without this, great sweeps of the collector walk through all of it while somebody waits.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 50)
