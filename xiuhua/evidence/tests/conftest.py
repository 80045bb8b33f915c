from __future__ import annotations

import pytest

from xiuhua.registers.tests.bureau import Bureau, built


@pytest.fixture
def bureau(db: None) -> Bureau:
    return built()
