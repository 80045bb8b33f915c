"""Where events may be sent: HTTPS at a public address, else only networks that the bureau named. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

Network = IPv4Network | IPv6Network
LONGEST = 300
# What IANA gave out of IPv6 for the world. Outside it lie inner addresses, and such as stand for one of IPv4.
WORLD = ip_network("2000::/3")
# What in it stands for an address of IPv4, which could be an inner one: 6to4, Teredo.
DISGUISED = tuple(ip_network(n) for n in ("2002::/16", "2001::/32"))
_LABEL = r"(?!-)[a-z0-9_-]{1,63}(?<!-)"
_NAME = re.compile(rf"(?:{_LABEL}\.)*(?!\d+\.?$){_LABEL}\.?")


def networks(text: str) -> tuple[Network, ...]:
    """`10.0.0.0/8,127.0.0.0/8` as networks. Raises ValueError."""
    return tuple(ip_network(part.strip()) for part in text.split(",") if part.strip())


def fault(url: str, allowed: Sequence[Network]) -> str:
    """What is wrong with the address of a receiver, in words; empty for nothing.

    Plain HTTP is taken for an address on the machine itself, where `allowed` names that: for trials.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "地址无法识别"
    if not _is_host(host) or port == 0 or len(url) > LONGEST or not _is_plain(url):
        return "地址无法识别"
    if parts.username is not None or parts.password is not None or parts.fragment:
        return "地址中不得含有账号、口令或“#”"
    if parts.scheme == "https":
        return ""
    if parts.scheme == "http" and _is_loopback(host) and may_reach(host, allowed):
        return ""
    return "只能使用 https 地址"


def _is_plain(url: str) -> bool:
    return url.isascii() and url.isprintable() and " " not in url


def _is_host(host: str) -> bool:
    """An address of the network, or a name as the Domain Name System has them: its last part is no number."""
    try:
        ip_address(host)
    except ValueError:
        return _NAME.fullmatch(host) is not None
    return True


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def may_reach(address: str, allowed: Iterable[Network]) -> bool:
    """Whether events may go to this address of the network: a public one, or one in a network of `allowed`."""
    try:
        ip = ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    if any(ip in network for network in allowed):
        return True
    if isinstance(ip, IPv6Address) and (ip not in WORLD or any(ip in network for network in DISGUISED)):
        return False
    return ip.is_global and not ip.is_multicast
