from __future__ import annotations

import pytest

from xiuhua.api.tests.citizen import Citizen
from xiuhua.api.tests.machine import Machine
from xiuhua.leads.tests.desk import Desk
from xiuhua.registers.tests.bureau import built


@pytest.fixture
def desk(db: None) -> Desk:
    return Desk(built())


@pytest.fixture
def machine(desk: Desk) -> Machine:
    return Machine(desk)


@pytest.fixture
def citizen(machine: Machine) -> Citizen:
    return Citizen(machine)
