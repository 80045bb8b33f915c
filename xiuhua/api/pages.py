"""Lists in pages: a cursor instead of a page number, so that nothing is shown twice or left out while rows come in."""

from __future__ import annotations

import base64
import json
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from xiuhua.kernel.authz import Invalid

MOST = 100
M = TypeVar("M", bound=Model)


def page(rows: QuerySet[M], moment: str, after: str, limit: int) -> tuple[list[M], str]:
    """Rows in falling order of `moment` and pk behind the cursor `after`, and the cursor of the next page ("": none).

    Raises Invalid for a cursor that is none.
    """
    limit = max(1, min(limit, MOST))
    ordered = rows.order_by(f"-{moment}", "-pk")
    if after:
        at, pk = _place(after)
        ordered = ordered.filter(Q(**{f"{moment}__lt": at}) | Q(**{moment: at, "pk__lt": pk}))
    found = list(ordered[: limit + 1])
    shown = found[:limit]
    return shown, cursor(getattr(shown[-1], moment), shown[-1].pk) if len(found) > limit else ""


def cursor(at: datetime, pk: int) -> str:
    return base64.urlsafe_b64encode(json.dumps([at.isoformat(), pk]).encode()).decode()


def _place(after: str) -> tuple[datetime, int]:
    try:
        at, pk = json.loads(base64.urlsafe_b64decode(after.encode()))
        place: Any = datetime.fromisoformat(at), int(pk)
    except (ValueError, TypeError) as error:
        raise Invalid({"after": "不是有效的翻页标记"}) from error
    found: tuple[datetime, int] = place
    return found
