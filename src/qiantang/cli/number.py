"""``qiantang number``: needs neither database nor settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qiantang.cli.main import DONE, FINDINGS
from qiantang.cli.output import print_json
from qiantang.kernel import numbers

if TYPE_CHECKING:
    import argparse


def number_command(asked: argparse.Namespace) -> int:
    given = " ".join(asked.text)
    number = numbers.parse(given)
    digit = number.check_digit
    told = {
        "input": given,
        "office": number.office,
        "role": number.role,
        "type": number.type,
        "scheme": number.scheme,
        "canonical": number.canonical,
        "kind": number.kind,
        "check_digit": {"given": digit.given, "expected": digit.expected, "valid": digit.valid} if digit else None,
        "valid": number.valid,
        "readings": [reading.canonical for reading in numbers.candidates(given)],
    }
    if asked.json:
        print_json(told)
    else:
        print(number.canonical, number.office, number.role, number.type or "type not known", number.scheme)
        if digit and digit.valid is False:
            print(f"check digit {digit.given} is wrong: it should be {digit.expected}")
    return DONE if number.valid else FINDINGS
