"""The only writes of org. Each is a verb with named facts, the actor and the moment, and leaves a record entry."""

from xiuhua.org.actions.access import (
    disable_user,
    enable_user,
    end_key,
    end_session,
    make_key,
    make_user,
    set_password,
    start_session,
    touch,
)
from xiuhua.org.actions.delegating import Held, delegate, record_mentoring, take_back
from xiuhua.org.actions.people import appoint, end_post, grant_certificate, hire
from xiuhua.org.actions.specimens import deposit_seal, deposit_signature
from xiuhua.org.actions.units import add_unit, set_authority, set_headcount

__all__ = [
    "Held",
    "add_unit",
    "appoint",
    "delegate",
    "deposit_seal",
    "deposit_signature",
    "disable_user",
    "enable_user",
    "end_key",
    "end_post",
    "end_session",
    "grant_certificate",
    "hire",
    "make_key",
    "make_user",
    "record_mentoring",
    "set_authority",
    "set_headcount",
    "set_password",
    "start_session",
    "take_back",
    "touch",
]
