"""The only writes of the desk. Each is a verb with named facts, the actor and the moment, and leaves an entry.

Entries say nothing of who reported, and of the report itself a digest only: auditors read the record, not the leads.
"""

from xiuhua.leads.actions.desk import dispatch, merge, refuse, transfer_out, verify
from xiuhua.leads.actions.field import accept, arrive, hand_to_case, return_, settle
from xiuhua.leads.actions.intake import register, register_finding
from xiuhua.leads.actions.outcome import record_outcome, reveal_reporter, tell_reporter
from xiuhua.leads.actions.saying import Reported, Sent

__all__ = [
    "Reported",
    "Sent",
    "accept",
    "arrive",
    "dispatch",
    "hand_to_case",
    "merge",
    "record_outcome",
    "refuse",
    "register",
    "register_finding",
    "return_",
    "reveal_reporter",
    "settle",
    "tell_reporter",
    "transfer_out",
    "verify",
]
