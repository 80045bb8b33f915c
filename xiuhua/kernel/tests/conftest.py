from __future__ import annotations

import pytest

from xiuhua.kernel.tests import harness


@pytest.fixture(autouse=True, scope="session")
def _suites_may_empty_the_record() -> None:
    harness.let_suites_empty_the_record()
