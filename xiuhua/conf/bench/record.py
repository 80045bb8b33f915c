"""How fast the record is sealed and verified."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence

from xiuhua.conf.bench.measure import Measure
from xiuhua.kernel import clock, record, sealing, verify
from xiuhua.kernel.authz import SYSTEM

ENTRIES = 300_000
BATCH = 20_000


def measure() -> Sequence[Measure]:
    """Write 300,000 entries, seal them, verify the whole log."""
    at = clock.now()
    for start in range(0, ENTRIES, BATCH):
        with record.act("bench.entry", by=SYSTEM, at=at) as act:
            act.bulk(
                [
                    act.line(
                        subject=f"bench.thing:{n}",
                        label=f"示例 {n}",
                        facts={
                            "n": n,
                            "said": "一条示例事实，长短与平常的相仿",
                            "from": "filed",
                            "to": "investigating",
                        },
                    )
                    for n in range(start, start + BATCH)
                ]
            )
    began = time.perf_counter()
    sealed = sealing.seal_all()
    sealing_took = time.perf_counter() - began
    began = time.perf_counter()
    report = verify.verify(processes=os.cpu_count() or 1)
    took = time.perf_counter() - began
    assert not report.findings, report.findings
    return [
        Measure("record.verify", round(ENTRIES / took), "entries/s", ENTRIES, 100_000, "higher"),
        Measure("record.seal", round(sealed / sealing_took), "entries/s", sealed),
    ]
