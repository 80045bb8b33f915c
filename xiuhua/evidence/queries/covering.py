"""Regions of a picture covered by a few blocks of their mean colours; one such frame to look at. No database."""

from __future__ import annotations

import io
from collections.abc import Sequence
from itertools import pairwise, product
from math import ceil
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from xiuhua.evidence.queries import media
from xiuhua.evidence.rules.regions import Region, at

# A face is made of so few blocks that nobody is known by them.
BLOCKS = 4
LARGEST = (1280, 1280)
Pixels = NDArray[np.uint8]


def cover(picture: Pixels, regions: Sequence[Region]) -> None:
    """Replace each region by a few blocks of its mean colours, in place."""
    height, width = picture.shape[:2]
    for region in regions:
        rows = _cuts(region.top, region.bottom, height)
        columns = _cuts(region.left, region.right, width)
        for (top, bottom), (left, right) in product(pairwise(rows), pairwise(columns)):
            block = picture[top:bottom, left:right]
            if block.size:
                block[:] = block.reshape(-1, block.shape[-1]).mean(axis=0)


def _cuts(first: float, last: float, length: int) -> list[int]:
    """Where the blocks between two shares of a length begin and end, in whole pixels that hold all of it."""
    return [int(cut) for cut in np.linspace(int(first * length), ceil(last * length), BLOCKS + 1)]


def preview(path: Path, media_type: str, regions: Sequence[Region], second: float) -> bytes:
    """A JPEG of a photo, or of a film's frame at a second, with what is covered then. Raises Unreadable."""
    picture = media.picture_at(path, media_type, second)
    picture.thumbnail(LARGEST)
    pixels = np.array(picture.convert("RGB"))
    cover(pixels, regions if media_type.startswith("image/") else at(regions, second))
    held = io.BytesIO()
    Image.fromarray(pixels).save(held, "JPEG", quality=80)
    return held.getvalue()
