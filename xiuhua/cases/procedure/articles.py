"""Which number an article had on an earlier day. Pure data.

Guards cite the newest text. A step of 2018 must cite the text of 2018: this table knows the numbers, and how well.
Where the older text has no such rule, the article of the move itself is cited instead.
"""

from __future__ import annotations

from datetime import date

from xiuhua.cases.procedure.moves import Certainty, Move

CHECKED, MEMORY, READ = Certainty.CHECKED, Certainty.MEMORY, Certainty.READ

PPL21_FROM = date(2021, 7, 15)
CIVPL21_FROM = date(2022, 1, 1)
CIVPL23_FROM = ARL23_FROM = date(2024, 1, 1)

# Newest article: (first day of that number, article before that day, certainty of the older number), newest first.
EARLIER: dict[str, tuple[tuple[date, str, Certainty], ...]] = {
    "PPL21 §22": ((PPL21_FROM, "PPL17 §20", CHECKED),),
    "PPL21 §27": ((PPL21_FROM, "PPL17 §22", CHECKED),),
    "PPL21 §28": ((PPL21_FROM, "PPL17 §23", CHECKED),),
    "PPL21 §29": ((PPL21_FROM, "PPL17 §24", CHECKED),),
    "PPL21 §32": ((PPL21_FROM, "PPL17 §27", CHECKED),),
    "PPL21 §33": ((PPL21_FROM, "PPL17 §27", CHECKED),),
    "PPL21 §36": ((PPL21_FROM, "PPL17 §29", MEMORY),),
    "PPL21 §38": ((PPL21_FROM, "PPL17 §3", MEMORY),),
    "PPL21 §40": ((PPL21_FROM, "PPL17 §30", MEMORY),),
    "PPL21 §42": ((PPL21_FROM, "PPL17 §37", MEMORY),),
    "PPL21 §43": ((PPL21_FROM, "PPL17 §37", MEMORY),),
    "PPL21 §44": ((PPL21_FROM, "PPL17 §31", MEMORY),),
    "PPL21 §45": ((PPL21_FROM, "PPL17 §32", MEMORY),),
    "PPL21 §51": ((PPL21_FROM, "PPL17 §33", MEMORY),),
    "PPL21 §52": ((PPL21_FROM, "PPL17 §34", MEMORY),),
    "PPL21 §54": ((PPL21_FROM, "PPL17 §36", MEMORY),),
    "PPL21 §55": ((PPL21_FROM, "PPL17 §37", MEMORY),),
    "PPL21 §56": ((PPL21_FROM, "PPL17 §37", MEMORY),),
    "PPL21 §57": ((PPL21_FROM, "PPL17 §38", MEMORY),),
    "PPL21 §58": ((PPL21_FROM, "PPL17 §38", MEMORY),),
    "PPL21 §59": ((PPL21_FROM, "PPL17 §39", MEMORY),),
    "PPL21 §61": ((PPL21_FROM, "PPL17 §40", MEMORY),),
    "PPL21 §62": ((PPL21_FROM, "PPL17 §41", MEMORY),),
    "PPL21 §63": ((PPL21_FROM, "PPL17 §42", CHECKED),),
    "PPL21 §64": ((PPL21_FROM, "PPL17 §42", CHECKED),),
    "PPL21 §65": ((PPL21_FROM, "PPL17 §43", CHECKED),),
    "PPL21 §66": ((PPL21_FROM, "PPL17 §52", MEMORY),),
    "PPL21 §67": ((PPL21_FROM, "PPL17 §46", CHECKED),),
    "PPL21 §68": ((PPL21_FROM, "PPL17 §47", MEMORY),),
    "PPL21 §70": ((PPL21_FROM, "PPL17 §49", MEMORY),),
    "PPL21 §71": ((PPL21_FROM, "PPL17 §50", MEMORY),),
    "PPL21 §72": ((PPL21_FROM, "PPL17 §51", MEMORY),),
    "PPL21 §74": ((PPL21_FROM, "PPL17 §53", MEMORY),),
    "CivPL23 §87": ((CIVPL23_FROM, "CivPL21 §87", MEMORY), (CIVPL21_FROM, "CivPL17 §84", MEMORY)),
    "CivPL23 §88": ((CIVPL23_FROM, "CivPL21 §88", MEMORY), (CIVPL21_FROM, "CivPL17 §85", MEMORY)),
    "CivPL23 §89": ((CIVPL23_FROM, "CivPL21 §89", MEMORY), (CIVPL21_FROM, "CivPL17 §86", MEMORY)),
    "CivPL23 §90": ((CIVPL23_FROM, "CivPL21 §90", MEMORY), (CIVPL21_FROM, "CivPL17 §87", MEMORY)),
    "CivPL23 §91": ((CIVPL23_FROM, "CivPL21 §91", MEMORY), (CIVPL21_FROM, "CivPL17 §88", MEMORY)),
    "CivPL23 §95": ((CIVPL23_FROM, "CivPL21 §95", MEMORY), (CIVPL21_FROM, "CivPL17 §92", MEMORY)),
    "ARL23 §20": ((ARL23_FROM, "ARL17 §9", READ),),
    "ARL23 §24": ((ARL23_FROM, "ARL17 §12", READ),),
    "ARL23 §30": ((ARL23_FROM, "ARL17 §17", READ),),
    "ARL23 §48": ((ARL23_FROM, "ARL17 §23", READ),),
    "ARL23 §64": ((ARL23_FROM, "ARL17 §28", READ),),
    "ARL23 §70": ((ARL23_FROM, "ARL17 §28", READ),),
    "ARL23 §74": ((ARL23_FROM, "ARL17 §25", READ),),
}


def on_day(article: str, day: date) -> tuple[str, Certainty | None]:
    """The number of `article` on `day` and how well an older number is known (None where it is the newest).

    Empty where the text of that day is older than the rule.
    """
    said: tuple[str, Certainty | None] = (article, None)
    for since, before, certainty in EARLIER.get(article, ()):
        if day < since:
            said = (before, certainty)
    if said[1] is None and article.startswith("PPL21 ") and day < PPL21_FROM:
        return "", None
    return said


def ground_on(article: str, move: Move, day: date) -> str:
    """What a refusal of `move` cites on `day`: the guard's article, or the move's own where there is or was none."""
    return (on_day(article, day)[0] if article else "") or "; ".join(move.articles)
