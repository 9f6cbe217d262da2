"""The front door of the hall: its catalogue, for rooms that show services elsewhere."""

from __future__ import annotations

from qiantang.portal.hall.selectors.catalogue import catalogue, service_shown

__all__ = ["catalogue", "service_shown"]
