"""The people of the demo, before there is a bureau for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from xiuhua.conf.demo_people import demo_rows, make_demo_users
from xiuhua.kernel import clock
from xiuhua.kernel.authz import SYSTEM, Invalid
from xiuhua.org.models import Officer

pytestmark = pytest.mark.processes


@pytest.mark.django_db
def test_the_demo_waits_for_the_units() -> None:
    with pytest.raises(Invalid, match="reference load"):
        make_demo_users(by=SYSTEM, at=clock.now())
    assert not Officer.objects.exists()


def test_demo_people_with_faults_are_refused(tmp_path: Path) -> None:
    (tmp_path / "demo_users.csv").write_text("login\nx\n", encoding="utf-8")
    with pytest.raises(Invalid, match=r"demo_users.csv:1"):
        demo_rows(tmp_path)
