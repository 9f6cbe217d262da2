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
    if asked.json:
        print_json(numbers.describe(given))
    else:
        print(number.canonical, number.office, number.role, number.type or "type not known", number.scheme)
        if digit and digit.valid is False:
            print(f"check digit {digit.given} is wrong: it should be {digit.expected}")
    return DONE if number.valid else FINDINGS
