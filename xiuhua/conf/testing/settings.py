"""Settings of a bureau that is served to a journey: the real ones, with a hash that costs little and a clock to hold.

A password is hashed slowly on purpose; a journey signs in dozens of people whose one password stands in its own text.
A case lives for months and its law changes meanwhile, so a journey chooses the day (see `held`).
"""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher

from xiuhua.conf.settings import *  # noqa: F403 - the real settings with two changes
from xiuhua.conf.settings import VAR_DIR
from xiuhua.conf.testing import held


class QuickArgon2(Argon2PasswordHasher):
    """The same hash with one pass over a mebibyte."""

    time_cost = 1
    memory_cost = 1024
    parallelism = 1


PASSWORD_HASHERS = [f"{__name__}.{QuickArgon2.__name__}"]

held.install(VAR_DIR)
