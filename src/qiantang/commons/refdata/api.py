"""The front door of reference data."""

from __future__ import annotations

from qiantang.commons.refdata.methods.offices import OfficeTable
from qiantang.commons.refdata.methods.regions import RegionTable, short_name
from qiantang.commons.refdata.selectors import holiday_notices, offices, regions, statutory_limits, work_calendar
from qiantang.commons.refdata.types import HolidayNotice, Level, Office, Region, StatutoryLimit

__all__ = [
    "HolidayNotice",
    "Level",
    "Office",
    "OfficeTable",
    "Region",
    "RegionTable",
    "StatutoryLimit",
    "holiday_notices",
    "offices",
    "regions",
    "short_name",
    "statutory_limits",
    "work_calendar",
]
