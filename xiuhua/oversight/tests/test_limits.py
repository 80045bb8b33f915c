"""Before the reference data is loaded the numbers of the room are missed by name."""

from __future__ import annotations

import pytest

from xiuhua.kernel.authz import Invalid
from xiuhua.oversight import queries


@pytest.mark.django_db
def test_numbers_that_are_not_loaded_are_told() -> None:
    with pytest.raises(Invalid, match="督察期限尚未载入"):
        queries.limit("reply_workdays")
