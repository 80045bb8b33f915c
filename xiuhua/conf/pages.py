"""The pages that people visit, with who looks at them: for the journeys that visit every page, and for pictures."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Visit:
    """A page as one person of the demo sees it.

    `find`: a link on `path` that leads to the page itself, where its address holds a number that is not known before.
    """

    name: str
    login: str
    path: str
    find: str = ""
    dark: bool = False
    english: bool = False


VISITS = (
    Visit("login", "", "/login/"),
    Visit("today-clerk", "clerk", "/"),
    Visit("today-clerk-dark", "clerk", "/", dark=True),
    Visit("today-dispatcher", "dispatcher", "/"),
    Visit("today-english", "clerk", "/", english=True),
    Visit("today-auditor", "auditor", "/"),
    Visit("leads-dispatcher", "dispatcher", "/leads/"),
    Visit("leads-officer", "officer1", "/leads/?state=accepted&sort=due"),
    Visit("leads-english", "dispatcher", "/leads/", english=True),
    Visit("lead", "officer1", "/leads/?state=accepted", find="tbody a.id"),
    Visit("lead-desk", "dispatcher", "/leads/?state=registered", find="tbody a.id"),
    Visit("lead-dark", "officer1", "/leads/?state=accepted", find="tbody a.id", dark=True),
    Visit("lead-dispatch", "dispatcher", "/leads/?state=verified", find=".act a"),
    Visit("lead-new", "dispatcher", "/leads/new/?kind=street_vending"),
    Visit("finding", "officer1", "/leads/finding/"),
    Visit("finding-dark", "officer1", "/leads/finding/", dark=True),
    Visit("cases", "clerk", "/cases/"),
    Visit("money", "clerk", "/cases/money/"),
    Visit("money-bank", "clerk", "/cases/money/bank/"),
    Visit("cases-dark", "clerk", "/cases/", dark=True),
    Visit("cases-english", "clerk", "/cases/", english=True),
    Visit("case", "officer1", "/cases/", find="tbody a.id"),
    Visit("case-dark", "officer1", "/cases/", find="tbody a.id", dark=True),
    Visit("case-english", "officer1", "/cases/", find="tbody a.id", english=True),
    Visit("case-check", "officer1", "/cases/5/check/"),
    Visit("case-new", "officer1", "/cases/new/"),
    Visit("case-remedies", "legal", "/cases/remedies/"),
    Visit("case-remedies-english", "legal", "/cases/remedies/", english=True),
    Visit("case-on-spot", "officer1", "/cases/on-spot/"),
    Visit("reviews", "reviewer", "/reviews/"),
    Visit("reviews-english", "deputy", "/reviews/?stage=legal_review", english=True),
    Visit("review-capacity", "deputy", "/reviews/capacity/"),
    Visit("review-division", "deputy", "/reviews/division/"),
    Visit("joint-works", "townhead", "/cases/joint/"),
    Visit("joint-ask-english", "officer1", "/cases/5/joint/", english=True),
    Visit("sessions", "reviewer", "/reviews/sessions/"),
    Visit("session-new-english", "legal", "/reviews/sessions/new/", english=True),
    Visit("templates", "officer1", "/reviews/templates/"),
    Visit("template", "legal", "/reviews/templates/", find="tbody a.id"),
    Visit("template-new-english", "legal", "/reviews/templates/new/", english=True),
    Visit("notes", "legal", "/reviews/notes/"),
    Visit("note-new", "legal", "/reviews/notes/new/"),
    Visit("case-diagram", "officer1", "/cases/5/procedure/"),
    Visit("hearings", "host", "/cases/hearings/"),
    Visit("hearings-english", "host", "/cases/hearings/", english=True),
    Visit("goods", "officer1", "/cases/goods/"),
    Visit("goods-english", "officer1", "/cases/goods/", english=True),
    Visit("forms", "custodian", "/cases/forms/"),
    Visit("forms-english", "clerk", "/cases/forms/", english=True),
    Visit("form-receive", "custodian", "/cases/forms/receive/"),
    Visit("form-hand-out", "clerk", "/cases/forms/hand-out/"),
    Visit("form-gaps", "officer1", "/cases/forms/gaps/"),
    Visit("seals", "admin", "/units/seals/"),
    Visit("parties", "officer1", "/parties/"),
    Visit("party", "officer1", "/parties/?kind=organisation", find="tbody a.id"),
    Visit("party-citizen-english", "officer1", "/parties/?kind=citizen", find="tbody a.id", english=True),
    Visit("party-new", "officer1", "/parties/new/?kind=organisation"),
    Visit("premises", "officer1", "/premises/"),
    Visit("vehicles", "officer1", "/vehicles/"),
    Visit("search", "officer1", "/search/?q=sl"),
    Visit("search-empty", "officer1", "/search/"),
    Visit("search-dark", "officer1", "/search/?q=sl", dark=True),
    Visit("figures", "statistics", "/figures/"),
    Visit("law", "legal", "/law/"),
    Visit("law-english", "legal", "/law/?q=zd", english=True),
    Visit("law-cause", "legal", "/law/causes/SR11/"),
    Visit("law-cause-band-english", "legal", "/law/causes/WJ04/", english=True),
    Visit("law-parameters", "legal", "/law/parameters/"),
    Visit("law-parameters-english", "legal", "/law/parameters/?q=hearing", english=True),
    Visit("law-fines", "squadhead", "/law/fines/"),
    Visit("law-fines-dark-english", "statistics", "/law/fines/", dark=True, english=True),
    Visit("law-changes", "legal", "/law/changes/"),
    Visit("me", "squadhead", "/me/"),
    Visit("me-dark-english", "squadhead", "/me/", dark=True, english=True),
    Visit("users", "security", "/users/"),
    Visit("user", "security", "/users/", find="tbody a.id"),
    Visit("delegations", "deputy", "/units/delegation/"),
    Visit("delegate-english", "deputy", "/units/delegation/new/", english=True),
    Visit("delegation-rows", "statistics", "/units/delegation/B06/"),
    Visit("units", "admin", "/units/"),
    Visit("record", "auditor", "/record/"),
    Visit("refused", "officer1", "/users/"),
    Visit("not-found", "officer1", "/no/such/page/"),
)
