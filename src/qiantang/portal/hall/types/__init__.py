"""The words of the hall."""

from __future__ import annotations

from qiantang.portal.hall.types.home import DemoBuild, Example, HomeFigures
from qiantang.portal.hall.types.items import Catalogue, Material, Service, Text
from qiantang.portal.hall.types.refusals import REFUSALS

__all__ = ["REFUSALS", "Catalogue", "DemoBuild", "Example", "HomeFigures", "Material", "Service", "Text"]
