"""What a figure is, for all rooms; and the figures that org owes: powers moved down to towns and their mentoring."""

from xiuhua.org.figures.delegating import ENVIRONMENT, MENTORING
from xiuhua.org.figures.shape import Denominator, Figure, Period

__all__ = ["ENVIRONMENT", "MENTORING", "Denominator", "Figure", "Period"]
