"""Whole numbers as an operator writes them."""

from __future__ import annotations

_PORT_MOST = 65535


def port_of(text: str) -> int:
    """A TCP port. errors: ValueError"""
    number = int(text)
    if not 1 <= number <= _PORT_MOST:
        raise ValueError("a port is 1 to 65535")
    return number


def count_of(text: str) -> int:
    """1 or more. errors: ValueError"""
    number = int(text)
    if number < 1:
        raise ValueError("1 or more")
    return number


def zero_or_more(text: str) -> int:
    """errors: ValueError"""
    number = int(text)
    if number < 0:
        raise ValueError("0 or more")
    return number
