"""Reads of org: who somebody is today, who handles and decides, head-counts, citations.

The classes of the rows are here for annotations of other rooms; only org writes them.
"""

from xiuhua.org.models import (
    AuthorityRow,
    Delegation,
    Headcount,
    LoginSession,
    Officer,
    Post,
    Specimen,
    Unit,
    User,
)
from xiuhua.org.queries.access import key_user, live_session, sessions_of, user_by_login, users
from xiuhua.org.queries.actors import actor_for, system_actor
from xiuhua.org.queries.counts import headcount
from xiuhua.org.queries.delegating import delegated_rows, delegations, mentoring, overlapping
from xiuhua.org.queries.law import acts_of_law, citation
from xiuhua.org.queries.people import (
    certificate_on,
    holders_of,
    names_by_id,
    officer_block,
    officer_blocks,
    officers,
    officers_of,
    posts_of,
    service,
    with_account,
    with_legal_qualification,
)
from xiuhua.org.queries.specimens import seal_of, signature_of, signatures_of
from xiuhua.org.queries.units import (
    acting_for,
    authority_for,
    authority_rows,
    bureau,
    handling_unit_at,
    handling_units,
    unit_by_code,
    units,
)

__all__ = [
    "AuthorityRow",
    "Delegation",
    "Headcount",
    "LoginSession",
    "Officer",
    "Post",
    "Specimen",
    "Unit",
    "User",
    "acting_for",
    "actor_for",
    "acts_of_law",
    "authority_for",
    "authority_rows",
    "bureau",
    "certificate_on",
    "citation",
    "delegated_rows",
    "delegations",
    "handling_unit_at",
    "handling_units",
    "headcount",
    "holders_of",
    "key_user",
    "live_session",
    "mentoring",
    "names_by_id",
    "officer_block",
    "officer_blocks",
    "officers",
    "officers_of",
    "overlapping",
    "posts_of",
    "seal_of",
    "service",
    "sessions_of",
    "signature_of",
    "signatures_of",
    "system_actor",
    "unit_by_code",
    "units",
    "user_by_login",
    "users",
    "with_account",
    "with_legal_qualification",
]
