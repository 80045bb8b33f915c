"""A hold that comes while a list is carried out waits for it, and is told that the recording is gone."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction

from xiuhua.evidence import actions
from xiuhua.evidence.models import Category, Destruction, Hold, Recording
from xiuhua.evidence.tests.test_keeping import LATER, docked, keepers, proposed
from xiuhua.kernel import record
from xiuhua.kernel.authz import SYSTEM, Invalid
from xiuhua.kernel.tests import harness
from xiuhua.registers.tests.bureau import AT, built

pytestmark = [pytest.mark.pg, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True, scope="module")
def _suites_may_empty_the_record() -> None:
    harness.let_suites_empty_the_record()


class Hand(threading.Thread):
    """Somebody with a connection of their own; `said` is how they were refused."""

    def __init__(self, row: Recording) -> None:
        super().__init__(daemon=True)
        self.row, self.said = row, ""

    def run(self) -> None:
        try:
            actions.hold(recording=self.row, subject="cases.case:1", label="示例", by=SYSTEM, at=LATER)
        except Invalid as error:
            self.said = str(error)
        finally:
            connection.close()


@pytest.mark.parametrize("stands", [True, False])
def test_a_hold_waits_for_the_list_that_is_being_carried_out(
    stands: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "FILES_DIR", tmp_path / "files")
    bureau = built()
    with record.act("示例", by=SYSTEM, at=AT) as act:
        term = Category(code="routine", name="日常", name_en="Routine", keep_days=180, source="示例")
        term.certainty = "design"
        term.save()
        act.entry(on=term, facts={})
    row, (second, third) = docked(bureau), keepers(bureau)
    made = proposed(bureau, row)
    actions.review_destruction(destruction=made, by=second, at=LATER)
    hand = Hand(row)
    with transaction.atomic():
        actions.destroy(destruction=made, by=third, at=LATER)
        hand.start()
        hand.join(0.5)
        assert hand.is_alive(), "it waits for the row"
        transaction.set_rollback(not stands)
    hand.join(10)
    assert not hand.is_alive()
    assert ("已经销毁" in hand.said, Hold.objects.exists()) == (stands, not stands)
    assert (Destruction.objects.get().done_at is not None) is stands
    assert (Recording.objects.get().state == "destroyed") is stands
