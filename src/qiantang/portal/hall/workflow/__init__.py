"""Kinds of cases of the hall."""

from __future__ import annotations

from qiantang.portal.hall.workflow.complaints import COMPLAINT, COMPLAINT_KIND
from qiantang.portal.hall.workflow.keeping import KEEPING
from qiantang.portal.hall.workflow.matters import BUNDLE, BUNDLE_KIND, MATTER, MATTER_KIND

__all__ = ["BUNDLE", "BUNDLE_KIND", "COMPLAINT", "COMPLAINT_KIND", "KEEPING", "MATTER", "MATTER_KIND"]
