"""Networks as an operator names them."""

from __future__ import annotations

from ipaddress import ip_network


def networks_of(text: str) -> tuple[str, ...]:
    """Networks parted by commas, each in its one spelling. errors: ValueError"""
    return tuple(str(ip_network(one.strip())) for one in text.split(",") if one.strip())
