"""The front door of reference data."""

from __future__ import annotations

from qiantang.commons.refdata.methods.offices import OfficeTable
from qiantang.commons.refdata.methods.regions import RegionTable, short_name
from qiantang.commons.refdata.selectors import offices, regions
from qiantang.commons.refdata.types import Level, Office, Region

__all__ = ["Level", "Office", "OfficeTable", "Region", "RegionTable", "offices", "regions", "short_name"]
