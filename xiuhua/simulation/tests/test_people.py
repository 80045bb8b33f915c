from __future__ import annotations

from datetime import date
from random import Random

import pytest

from xiuhua.registers import rules
from xiuhua.simulation import people

DAY = date(2018, 5, 16)
MAKERS = {
    "citizen": lambda rng: people.citizen(rng, "浦东新区示例路1号"),
    "individual_business": lambda rng: people.individual_business(rng, "food", "浦东新区示例路1号"),
    "organisation": lambda rng: people.organisation(rng, "muck", "浦东新区示例路1号"),
}


@pytest.mark.parametrize("kind", MAKERS)
def test_every_party_is_one_that_the_register_takes(kind: str) -> None:
    rng = Random(kind)
    for _ in range(300):
        fields = rules.tidy(MAKERS[kind](rng))
        assert rules.faults(fields, DAY) == {}


def test_no_number_can_belong_to_somebody() -> None:
    rng = Random("numbers")
    for _ in range(300):
        assert people.resident_id(rng, people.birth_date(rng)).startswith("99")
        assert people.credit_code(rng)[2:8] == "999999"
        assert people.phone(rng).startswith("000-")
        assert rules.plate_fault(rules.tidy_plate(people.plate(rng)))


def test_everybody_is_called_a_sample() -> None:
    rng = Random("names")
    for trade in ("food", "shop"):
        assert "示例" in people.shop_name(rng, trade)
    for trade in ("food", "shop", "muck", "site", "estate", "advert", "plant", "transport", "gas"):
        assert "示例" in people.firm_name(rng, trade)
    assert "示例" in people.name(rng)


def test_everybody_is_of_age_in_2018() -> None:
    rng = Random("births")
    assert all(people.birth_date(rng) <= date(2000, 1, 1) for _ in range(2000))


def test_the_same_seed_gives_the_same_people() -> None:
    made = [people.organisation(Random("seed"), "site", "示例") for _ in range(2)]
    assert made[0] == made[1]
    assert people.organisation(Random("another"), "site", "示例") != made[0]
