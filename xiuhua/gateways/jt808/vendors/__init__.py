"""What terminals in the field do otherwise than the standard says: padding, layouts by length, items of their own."""

from xiuhua.gateways.jt808.vendors.items import ITEM_NAMES, Reading, readings
from xiuhua.gateways.jt808.vendors.layouts import LAYOUTS, Layout, layout_of
from xiuhua.gateways.jt808.vendors.texts import text

__all__ = ["ITEM_NAMES", "LAYOUTS", "Layout", "Reading", "layout_of", "readings", "text"]
