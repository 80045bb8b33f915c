"""Text fields: 2013 pads behind, 2019 in front, Quectel's terminals in front always. Pure."""

from __future__ import annotations


def text(raw: bytes) -> str:
    """GBK text without padding on either side; what is no GBK is shown with replacement marks."""
    return raw.strip(b"\0 ").decode("gbk", "replace")
