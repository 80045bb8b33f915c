"""Tables of oversight."""

from xiuhua.oversight.models.reviews import Draw, Finding, Sample
from xiuhua.oversight.models.settings import Goal, Item, Limit

__all__ = ["Draw", "Finding", "Goal", "Item", "Limit", "Sample"]
