"""Group commit: what is put is written once, in order of its tickets, whatever the store does. No database."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import pytest

from xiuhua.gateways.writer import MOST_ODD, Writer, newest, together
from xiuhua.observations.actions import Batch, Heard, Odd, Row, Store

ROW = Row(1, 5, 6, 121.5, 31.2)


class Memory:
    """A store that remembers, and fails as often as it is told."""

    def __init__(self, fails: int = 0) -> None:
        self.batches: list[Batch] = []
        self.fails, self.closed = fails, False

    def keep(self, batch: Batch) -> None:
        if self.fails:
            self.fails -= 1
            raise OSError("示例：磁盘已满")
        self.batches.append(batch)

    def close(self) -> None:
        self.closed = True


def run(store: Callable[[], Memory], walk: Callable[[Writer], None]) -> tuple[Writer, list[object]]:
    """Let `walk` put what it likes, stop, and tell the tickets that came back."""
    back: list[object] = []

    async def go() -> Writer:
        open_: Callable[[], Store] = store  # type: ignore[assignment]  # all that a writer asks of a store
        writer = Writer(open_, back.extend, asyncio.get_running_loop())
        writer.start()
        await asyncio.to_thread(walk, writer)
        await asyncio.to_thread(writer.stop)
        await asyncio.sleep(0)
        return writer

    return asyncio.run(go()), back


def test_tickets_come_back_in_their_order_after_their_rows_are_written() -> None:
    memory = Memory()

    def walk(writer: Writer) -> None:
        for n in range(100):
            writer.put([ROW._replace(at=n)], n)
            if n % 30 == 0:
                time.sleep(0.03)

    writer, back = run(lambda: memory, walk)
    assert back == list(range(100))
    assert [row.at for batch in memory.batches for row in batch.rows] == list(range(100))
    assert 1 < writer.commits < 50
    assert writer.rows == 100
    assert memory.closed


def test_a_failing_store_is_tried_again_and_nothing_is_told_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xiuhua.gateways.writer.RETRY_SECONDS", 0.01)
    memory = Memory(fails=2)

    def walk(writer: Writer) -> None:
        writer.put([ROW], "a")
        while not memory.batches:
            time.sleep(0.01)

    writer, back = run(lambda: memory, walk)
    assert (back, writer.failures, len(memory.batches)) == (["a"], 2, 1)


def test_a_store_that_never_works_tells_nothing_and_lets_us_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xiuhua.gateways.writer.RETRY_SECONDS", 0.01)
    memory = Memory(fails=1 << 30)
    writer, back = run(lambda: memory, lambda writer: writer.put([ROW], "a"))
    assert back == []
    assert writer.failures > 0


def test_a_store_that_does_not_open_lets_us_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("xiuhua.gateways.writer.RETRY_SECONDS", 0.01)

    def none() -> Memory:
        raise OSError("示例：没有文件")

    writer, back = run(none, lambda writer: writer.put([ROW], "a"))
    assert back == []
    assert writer.failures > 0


def test_what_is_heard_of_a_device_is_written_with_the_last_batch_as_one() -> None:
    memory = Memory()

    def walk(writer: Writer) -> None:
        writer.heard(Heard(1, 10, ROW, frames=1))
        writer.heard(Heard(1, 20, None, alarm=2, frames=1))
        writer.heard(Heard(2, 5))

    run(lambda: memory, walk)
    (heard,) = [batch.heard for batch in memory.batches if batch.heard]
    assert list(heard) == [Heard(1, 20, ROW, 2, 2), Heard(2, 5)]


def test_rubbish_without_end_is_counted_and_not_all_kept() -> None:
    memory = Memory()

    def walk(writer: Writer) -> None:
        for n in range(3 * MOST_ODD):
            writer.put_odd(Odd(n, "jt808", "127.0.0.1", "", "short", b""))

    writer, _ = run(lambda: memory, walk)
    assert writer.odd == 3 * MOST_ODD
    assert sum(len(batch.odd) for batch in memory.batches) < 3 * MOST_ODD


def test_answers_that_come_after_the_loop_ended_are_dropped() -> None:
    loop = asyncio.new_event_loop()
    memory = Memory()
    writer = Writer(lambda: memory, lambda _: None, loop)  # type: ignore[arg-type, return-value]
    writer.start()
    loop.close()
    writer.put([ROW], "a")
    writer.stop()
    assert len(memory.batches) == 1


@pytest.mark.parametrize(
    ("before", "news", "expected"),
    [
        (Heard(1, 5, ROW), Heard(1, 9, None, alarm=1), Heard(1, 9, ROW, 1)),
        (Heard(1, 9), Heard(1, 5, ROW, frames=2), Heard(1, 9, ROW, 0, 2)),
        (Heard(1, 5, ROW._replace(at=9)), Heard(1, 6, ROW), Heard(1, 6, ROW._replace(at=9))),
        (Heard(1, 5, ROW), Heard(1, 6, ROW._replace(at=9)), Heard(1, 6, ROW._replace(at=9))),
    ],
)
def test_news_are_put_together_and_the_newest_position_stays(
    before: Heard, news: Heard, expected: Heard
) -> None:
    assert together(before, news) == expected


def test_the_newest_row_is_that_of_the_latest_moment() -> None:
    assert newest([]) is None
    assert newest([ROW, ROW._replace(at=9), ROW._replace(at=1)]) == ROW._replace(at=9)
