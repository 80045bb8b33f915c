"""What somebody says when a lead comes in, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from xiuhua.evidence.rules import IMAGES, file_fault
from xiuhua.kernel import areas
from xiuhua.kernel.authz import Said
from xiuhua.kernel.models import Area
from xiuhua.org.rules import CAUSE_GROUP_LABELS

MOST_MEDIA = 10
LONGEST_URL = 500


@dataclass(frozen=True, slots=True)
class Sent:
    """A photo that came with a report: its bytes, or the address where somebody else keeps it."""

    data: bytes = b""
    url: str = ""
    name: str = ""

    @property
    def fault(self) -> str:
        """Why it is not taken; empty if it is."""
        if self.url:
            parts = urlsplit(self.url)
            good = parts.scheme in {"http", "https"} and parts.netloc and len(self.url) <= LONGEST_URL
            return "" if good else "应为http或https网址"
        return file_fault(self.data, IMAGES)


@dataclass(frozen=True, slots=True)
class Reported:
    """Who reported; every field may be empty."""

    name: str = ""
    phone: str = ""
    email: str = ""
    account: str = ""

    def __bool__(self) -> bool:
        return any((self.name, self.phone, self.email, self.account))


@dataclass(frozen=True, slots=True)
class Place:
    """Where it is: words, a WGS-84 point or both, and the area that holds it."""

    words: str
    lon: float | None
    lat: float | None
    area: Area | None


def cause_faults(cause: str) -> dict[str, str]:
    """A cause is a hint here; that its group exists is all that this room can know."""
    return {"cause": "没有这个案由类别"} if cause and cause[:2] not in CAUSE_GROUP_LABELS else {}


def media_faults(media: Sequence[Sent], field: str = "media") -> dict[str, str]:
    if len(media) > MOST_MEDIA:
        return {field: Said("最多%(n)s张", n=MOST_MEDIA)}
    return {f"{field}[{i}]": fault for i, sent in enumerate(media) if (fault := sent.fault)}


def located(
    words: str, lon: float | None, lat: float | None, area: Area | None, errors: dict[str, str]
) -> Place:
    """The area of a point; a point outside the district, or in another area than was said, is an error."""
    if lon is None or lat is None or {"lon", "lat"} & set(errors):
        return Place(words.strip(), lon, lat, area)
    locator = areas.locator()
    found = locator.at(lon, lat)
    if found is None and locator.areas:
        errors["lon"] = "坐标不在本区范围内"
    if area is not None and found is not None and found.pk != area.pk:
        errors["area"] = Said("坐标在%(found)s，不在%(area)s", found=found.name, area=area.name)
    return Place(words.strip(), lon, lat, found or area)
