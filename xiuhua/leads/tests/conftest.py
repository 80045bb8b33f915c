from __future__ import annotations

import pytest

from xiuhua.leads.tests.desk import Desk
from xiuhua.registers.tests.bureau import built


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk(built())
