from __future__ import annotations

import pytest

from xiuhua.api.tests.citizen import Citizen
from xiuhua.api.tests.machine import Machine
from xiuhua.leads.tests.conftest import desk, whole_desk
from xiuhua.leads.tests.desk import Desk

__all__ = ["desk", "whole_desk"]


@pytest.fixture
def machine(desk: Desk) -> Machine:
    return Machine(desk)


@pytest.fixture
def citizen(machine: Machine) -> Citizen:
    return Citizen(machine)
