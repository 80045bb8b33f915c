"""Before the reference data is loaded the numbers of the room are missed by name."""

from __future__ import annotations

import pytest

from xiuhua.command import queries
from xiuhua.kernel.authz import Invalid


@pytest.mark.django_db
def test_numbers_that_are_not_loaded_are_told() -> None:
    with pytest.raises(Invalid, match="指挥阈值尚未载入"):
        queries.limits()
