"""Tables of the evidence room."""

from xiuhua.evidence.models.docking import Recording, Station
from xiuhua.evidence.models.exhibits import Exhibit, Shared
from xiuhua.evidence.models.keeping import Category, Destruction, Hold
from xiuhua.evidence.models.using import Derived, LinkDecision, Media, TimeFact, TimeStamp

__all__ = [
    "Category",
    "Derived",
    "Destruction",
    "Exhibit",
    "Hold",
    "LinkDecision",
    "Media",
    "Recording",
    "Shared",
    "Station",
    "TimeFact",
    "TimeStamp",
]
