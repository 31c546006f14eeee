"""Who may ask: hosts and origins that are this machine's, and headers that keep the page to itself."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Iterable

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
"""Sent with everything."""

_HOST = re.compile(r"(\[(?P<address>[0-9a-fA-F:.]+)\]|(?P<name>[^:\[\]]+))(:\d*)?")

NOTHING = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
"""The content policy of whatever is no page."""


def own_names(lan: bool) -> frozenset[str]:
    """Return the names under which this machine may be asked; others may lead here by a trick (DNS rebinding)."""
    name = socket.gethostname().lower()
    others = {name, name.partition(".")[0], f"{name.partition('.')[0]}.local"} if lan else set()
    return frozenset({"localhost", *others} - {""})


def allowed_host(host: str | None, names: Iterable[str]) -> bool:
    """Tell whether a Host header names this machine: by an address, which no trick can give, or one of its names."""
    name = _name(host or "")
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return name.lower() in names
    return True


def allowed_origin(origin: str | None, host: str | None) -> bool:
    """Tell whether a connection comes from a page of this server, or from no page at all."""
    return origin is None or origin.lower() in {f"{scheme}://{(host or '').lower()}" for scheme in ("http", "https")}


def _name(host: str) -> str:
    """Return a Host header without the port; nothing where it is none."""
    found = _HOST.fullmatch(host)
    return "" if found is None else found["address"] or found["name"]


def addresses() -> list[str]:
    """Return the addresses under which others in the network may find this machine."""
    found: list[str] = []
    for target in ("192.0.2.1", "10.255.255.255"):  # nothing is sent; the system chooses the address it would send from
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
            try:
                asking.connect((target, 9))
                found.append(str(asking.getsockname()[0]))
            except OSError:
                continue
    return [one for one in dict.fromkeys(found) if not ipaddress.ip_address(one).is_loopback]
