"""The bulk door for history: leads that came in before they came here.

    outcome = bring_in(read("leads.csv"), by=by, at=at)                  a dry run: every fault, nothing written
    outcome = bring_in(read("leads.csv"), by=by, at=at, write=True)      the same, and written if all is well

1. A row is one lead (see `columns`). With an outcome it is closed; with a unit and no outcome it lies with that unit;
   with neither it waits to be verified.
2. A row is held to the rules of the desk and to the matrix of authority of its day.
3. Leads are written some thousand at a time, each batch in one act with one record entry for each lead: a run that is
   killed leaves whole batches. A row whose source and number are in already is passed over, so the same file can be
   brought in again.
"""

from xiuhua.kernel.sources import Source
from xiuhua.leads.backfill.columns import COLUMNS, NEEDED
from xiuhua.leads.backfill.door import bring_in, read
from xiuhua.leads.backfill.export import export
from xiuhua.leads.backfill.faults import RowFault, write_faults
from xiuhua.leads.backfill.run import Outcome, Progress, Result, Run

__all__ = [
    "COLUMNS",
    "NEEDED",
    "Outcome",
    "Progress",
    "Result",
    "RowFault",
    "Run",
    "Source",
    "bring_in",
    "export",
    "read",
    "write_faults",
]
