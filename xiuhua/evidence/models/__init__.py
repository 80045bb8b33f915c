"""Tables of the evidence room."""

from xiuhua.evidence.models.docking import Recording, Station
from xiuhua.evidence.models.exhibits import Exhibit, Shared
from xiuhua.evidence.models.keeping import Category, Destruction, Hold
from xiuhua.evidence.models.using import Derived, Media, TimeFact, TimeStamp

__all__ = [
    "Category",
    "Derived",
    "Destruction",
    "Exhibit",
    "Hold",
    "Media",
    "Recording",
    "Shared",
    "Station",
    "TimeFact",
    "TimeStamp",
]
