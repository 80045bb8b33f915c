"""Who may write the registers: pairs of a check that refuses with a reason, and a question that says yes or no."""

from __future__ import annotations

from xiuhua.kernel.authz import Actor, Refusal, Refused, holds
from xiuhua.registers.models import Party

REGISTER = Refusal(
    "registers_register_needed",
    "只有办案单位人员可以登记当事人、场所和车辆",
    "PIPL §34",
    "parties, premises and vehicles are registered by people of handling units only",
)
UNSEEN = Refusal(
    "party_not_known",
    "本单位与该当事人无关，不得查看或改动其登记",
    "PIPL §34",
    "your unit has nothing to do with this party, so its entry is neither seen nor changed",
)


def check_can_register(by: Actor) -> None:
    """Registering is for those who work cases, within what their duty needs. Raises Refused."""
    if not by.can("registers.register"):
        raise Refused(REGISTER)


def can_register(by: Actor) -> bool:
    return holds(lambda: check_can_register(by))


def check_can_change(by: Actor, party: Party) -> None:
    """Changing a party, or making it known to a unit, is for those who see it and may register. Raises Refused."""
    check_can_register(by)
    if not by.is_system and not Party.objects.visible(by).filter(pk=party.pk).exists():
        raise Refused(UNSEEN)


def can_change(by: Actor, party: Party) -> bool:
    return holds(lambda: check_can_change(by, party))
