"""What is shown of a number or a name where it need not be shown whole. Pure."""

from __future__ import annotations


def masked_id(number: str) -> str:
    """The first three and last four signs; the date of birth is hidden. Short numbers keep their last two."""
    if len(number) < 10:
        return "*" * max(0, len(number) - 2) + number[-2:]
    return number[:3] + "*" * (len(number) - 7) + number[-4:]


def masked_phone(number: str) -> str:
    """`138****0000`; of a short number only the last two digits."""
    if len(number) < 8:
        return masked_id(number)
    return number[:3] + "*" * (len(number) - 7) + number[-4:]


def masked_name(name: str) -> str:
    """The family name with a star for each further sign: 示*."""
    return name[:1] + "*" * max(0, len(name) - 1)
