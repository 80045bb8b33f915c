"""A final upload is its partial uploads, one after the other."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from datetime import datetime

from xiuhua.gateways.tus.depot import Depot
from xiuhua.gateways.tus.messages import Create, Upload
from xiuhua.gateways.tus.session import Limits
from xiuhua.gateways.tus.writing import BLOCK


class Unfit(Exception):
    """The parts cannot be joined."""


def join(depot: Depot, step: Create, owner: str, limits: Limits, now: datetime) -> Upload:
    """The final upload, whole and durable. Raises Unfit for parts that are not there, not partial, or not whole."""
    parts = [depot.find(part) for part in step.parts]
    fit = [part for part in parts if part and part.owner == owner and part.partial and part.whole]
    if len(fit) != len(parts):
        raise Unfit("a final upload is made of partial uploads that are whole")
    length = sum(part.offset for part in fit)
    if length > limits.max_size:
        raise Unfit(f"an upload has at most {limits.max_size} bytes")
    upload = depot.make(step, owner, length, now)
    with depot.data(upload.id).open("wb") as whole:
        for part in fit:
            with depot.data(part.id).open("rb") as data:
                shutil.copyfileobj(data, whole, BLOCK)
        whole.flush()
        os.fsync(whole.fileno())
    return replace(upload, offset=length)
