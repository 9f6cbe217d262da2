"""The data annex as CSV: every number of a report, with the address of its patents."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

if TYPE_CHECKING:
    from qiantang.scenarios.navigation.types.report import Report

_NUMBER = re.compile(r"-[0-9][0-9,]*(\.[0-9]+)?%?")  # below nought, as it is printed
_FORMULA_SIGNS = tuple("=+-@\t\r\n＝＋－＠")


def annex_csv(report: Report) -> bytes:
    """UTF-8 with a mark, so that spreadsheets read Chinese; a cell that looks like a formula and is no number is disarmed."""
    text = io.StringIO()
    writer = csv.writer(text)
    head = (
        pgettext("of a line", "Number"),
        _("Node"),
        _("Key"),
        _("Name"),
        _("Value"),
        _("Unit"),
        _("How it is counted"),
    )
    writer.writerow([*head, _("Made of"), _("Patents")])
    for one in report.annex:
        told = (str(one.number), one.node, one.key, one.name, one.value, one.unit, one.counted)
        writer.writerow([_safe(cell) for cell in (*told, " ".join(map(str, one.made_of)), one.url)])
    writer.writerow([])
    writer.writerow(["SHA-256", report.digest])
    return text.getvalue().encode("utf-8-sig")


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA_SIGNS) and not _NUMBER.fullmatch(cell) else cell
