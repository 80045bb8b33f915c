"""What a served bureau does once, the suite does once in each of its processes, too: loaded by pytest (`-p`).

A client of Django's tests builds the whole chain of middleware for itself, and WhiteNoise lists every static file each
time. The server builds the chain once and sends all requests through it; here all clients share one in the same way.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import UserSettingsHolder, settings
from django.test.client import ClientHandler

CHAIN = ("_view_middleware", "_template_response_middleware", "_exception_middleware", "_middleware_chain")

_patches = pytest.MonkeyPatch()
_shared: dict[str, Any] = {}


def _load(handler: ClientHandler, is_async: bool = False) -> None:
    """Give `handler` the shared chain; under settings that a test has changed it gets one of its own."""
    if is_async or isinstance(vars(settings)["_wrapped"], UserSettingsHolder):
        _load_anew(handler, is_async)
        return
    if not _shared:
        _load_anew(handler)
        _shared.update({name: getattr(handler, name) for name in CHAIN})
    handler.__dict__.update(_shared)


_load_anew = ClientHandler.load_middleware


def pytest_configure(config: pytest.Config) -> None:
    _patches.setattr(ClientHandler, "load_middleware", _load)


def pytest_unconfigure(config: pytest.Config) -> None:
    _patches.undo()
