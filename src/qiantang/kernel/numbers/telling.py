"""A number read, as plain values for programs: the command line and the open API tell the same."""

from __future__ import annotations

from qiantang.kernel.numbers.reading import candidates, parse


def describe(text: str) -> dict[str, object]:
    """What a text is when it is read as a patent number, and every reading of it.

    errors  Invalid ``number.*``
    """
    number = parse(text)
    digit = number.check_digit
    return {
        "input": text,
        "office": number.office,
        "role": number.role,
        "type": number.type,
        "scheme": number.scheme,
        "canonical": number.canonical,
        "kind": number.kind,
        "check_digit": {"given": digit.given, "expected": digit.expected, "valid": digit.valid} if digit else None,
        "valid": number.valid,
        "readings": [reading.canonical for reading in candidates(text)],
    }
