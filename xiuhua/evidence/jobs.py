"""What happens to evidence later, by the worker.

1. A file that came is looked into: what it holds, how long it lasts, and a small picture of it.
2. The bytes of a destroyed recording go.
"""

from __future__ import annotations

from typing import Any

from xiuhua.evidence import actions
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM
from xiuhua.kernel.models import StoredFile


def look_into(payload: dict[str, Any]) -> None:
    actions.look_into(file=StoredFile.objects.get(pk=payload["file"]), by=SYSTEM, at=clock.now())


def let_go(payload: dict[str, Any]) -> None:
    actions.let_go(file=StoredFile.objects.get(pk=payload["file"]), by=SYSTEM, at=clock.now())
