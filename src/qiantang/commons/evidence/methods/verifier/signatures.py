"""Ed25519 signatures (RFC 8032, 5.1.7), checked with nothing but whole numbers. Slow and enough: a few a package."""

from __future__ import annotations

import hashlib

_PRIME = 2**255 - 19
_ORDER = 2**252 + 27742317777372353535851937790883648493
_CURVE = -121665 * pow(121666, -1, _PRIME) % _PRIME
_ROOT_OF_MINUS_ONE = pow(2, (_PRIME - 1) // 4, _PRIME)
_KEY_BYTES, _SIGNATURE_BYTES = 32, 64

_Point = tuple[int, int, int, int]
_NEUTRAL: _Point = (0, 1, 1, 0)


def _sum_of(one: _Point, other: _Point) -> _Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % _PRIME
    b = (one[1] + one[0]) * (other[1] + other[0]) % _PRIME
    c = 2 * one[3] * other[3] * _CURVE % _PRIME
    d = 2 * one[2] * other[2] % _PRIME
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % _PRIME, g * h % _PRIME, f * g % _PRIME, e * h % _PRIME)


def _multiple(number: int, point: _Point) -> _Point:
    found = _NEUTRAL
    while number:
        if number & 1:
            found = _sum_of(found, point)
        point, number = _sum_of(point, point), number >> 1
    return found


def _point_in(told: bytes) -> _Point | None:
    whole = int.from_bytes(told, "little")
    sign, y = whole >> 255, whole & (1 << 255) - 1
    if y >= _PRIME:
        return None
    square = (y * y - 1) * pow(_CURVE * y * y + 1, -1, _PRIME) % _PRIME
    x = pow(square, (_PRIME + 3) // 8, _PRIME)
    if (x * x - square) % _PRIME:
        x = x * _ROOT_OF_MINUS_ONE % _PRIME
    if (x * x - square) % _PRIME or (sign and not x):
        return None
    if x & 1 != sign:
        x = _PRIME - x
    return (x, y, 1, x * y % _PRIME)


def signed_by(public: str, message: bytes, signature: str) -> bool:
    """Whether ``signature`` is that of the key over the message; both hexadecimal."""
    try:
        key, mark = bytes.fromhex(public), bytes.fromhex(signature)
    except ValueError:
        return False
    if len(key) != _KEY_BYTES or len(mark) != _SIGNATURE_BYTES:
        return False
    base = _point_in((4 * pow(5, -1, _PRIME) % _PRIME).to_bytes(32, "little"))
    by, first, second = _point_in(key), _point_in(mark[:32]), int.from_bytes(mark[32:], "little")
    if base is None or by is None or first is None or second >= _ORDER:
        return False
    challenge = int.from_bytes(hashlib.sha512(mark[:32] + key + message).digest(), "little") % _ORDER
    left, right = _multiple(second, base), _sum_of(first, _multiple(challenge, by))
    same_x = (left[0] * right[2] - right[0] * left[2]) % _PRIME == 0
    same_y = (left[1] * right[2] - right[1] * left[2]) % _PRIME == 0
    return same_x and same_y
