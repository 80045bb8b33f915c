"""The bulk doors of the street: what was planned, worked and checked in before it came here.

`together` takes shifts with their check-ins as objects. `shifts` and `check_ins` take files, row by row:

    outcome = shifts.bring_in(shifts.read("shifts.csv"), by=by, at=at)               every fault, nothing written
    outcome = shifts.bring_in(shifts.read("shifts.csv"), by=by, at=at, write=True)   the same, and written

1. A row is held to the rules of today: nobody in two shifts at once, nobody of another unit, a check-in judged by its
   point, its accuracy, the fix before it and the phones of others.
2. Rows are written some thousand at a time, each batch in one act with one record entry for each row; what is in
   already is passed over, so that the same file can be brought in again.
"""

from xiuhua.duty.backfill.together import Outcome, Past, PastCheckIn, bring_in

__all__ = ["Outcome", "Past", "PastCheckIn", "bring_in"]
