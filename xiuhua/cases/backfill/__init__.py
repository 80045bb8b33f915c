"""The bulk door for history: cases that were closed, or begun, before they came here.

    outcome = bring_in(read("cases.parquet"), by=by, at=at)                  a dry run: every fault, nothing written
    outcome = bring_in(read("cases.parquet"), by=by, at=at, write=True)      the same, and written if all is well

1. A row is one case: columns that lists show, and `history`, the JSON text of its steps (see `columns`).
2. Columns, party, unit, cause and authority are checked by the data of their days; then the whole history walks through
   the procedure tables. The first step that the law of its day does not allow is told with its article. A step of a
   seizure, a hearing or a suit names its matter (`"matter": "coercive_measure:1"`) and walks the table of that one.
3. Cases are written some hundred at a time, each batch in one act with one record entry for each case: a run that is
   killed leaves whole batches. Rows that are in already are passed over, so the same file can be brought in again.
"""

from xiuhua.cases.backfill.columns import COLUMNS, NEEDED
from xiuhua.cases.backfill.door import bring_in, read
from xiuhua.cases.backfill.export import export
from xiuhua.kernel.sources import Source
from xiuhua.leads.backfill import Outcome, RowFault, write_faults

__all__ = ["COLUMNS", "NEEDED", "Outcome", "RowFault", "Source", "bring_in", "export", "read", "write_faults"]
