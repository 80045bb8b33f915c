"""Tables of oversight."""

from xiuhua.oversight.models.corrections import Correction
from xiuhua.oversight.models.reviews import Draw, Finding, Sample
from xiuhua.oversight.models.sent import Sent
from xiuhua.oversight.models.settings import Goal, Item, Limit

__all__ = ["Correction", "Draw", "Finding", "Goal", "Item", "Limit", "Sample", "Sent"]
