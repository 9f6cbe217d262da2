"""The front door of reference data."""

from __future__ import annotations

from qiantang.commons.refdata.methods.offices import OfficeTable
from qiantang.commons.refdata.methods.regions import RegionTable, short_name
from qiantang.commons.refdata.selectors import (
    figures,
    holiday_notices,
    offices,
    regions,
    statutory_limits,
    work_calendar,
)
from qiantang.commons.refdata.types import HolidayNotice, Level, Office, Region, StatedFigure, StatutoryLimit

__all__ = [
    "HolidayNotice",
    "Level",
    "Office",
    "OfficeTable",
    "Region",
    "RegionTable",
    "StatedFigure",
    "StatutoryLimit",
    "figures",
    "holiday_notices",
    "offices",
    "regions",
    "short_name",
    "statutory_limits",
    "work_calendar",
]
