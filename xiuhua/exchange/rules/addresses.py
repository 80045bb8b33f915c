"""Where events may be sent: HTTPS at a public address, else only networks that the bureau named. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

Network = IPv4Network | IPv6Network
LONGEST = 300
# Addresses of IPv6 that stand for one of IPv4, which could be an inner one: NAT64, 6to4, Teredo.
DISGUISED = tuple(ip_network(n) for n in ("64:ff9b::/32", "2002::/16", "2001::/32"))


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
    if not host or port == 0 or len(url) > LONGEST or not url.isascii() or any(c.isspace() for c in url):
        return "地址无法识别"
    if parts.username is not None or parts.password is not None or parts.fragment:
        return "地址中不得含有账号、口令或“#”"
    if parts.scheme == "https":
        return ""
    if parts.scheme == "http" and _is_loopback(host) and may_reach(host, allowed):
        return ""
    return "只能使用 https 地址"


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
    return ip.is_global and not ip.is_multicast and not any(ip in network for network in DISGUISED)
