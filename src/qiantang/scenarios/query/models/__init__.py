"""What people keep on the search desk: their own content, seen by nobody else unless they share it."""

from qiantang.scenarios.query.models.exports import Export
from qiantang.scenarios.query.models.number_lists import NumberLine, NumberList
from qiantang.scenarios.query.models.saved import ChangeReport, SavedQuery

__all__ = ["ChangeReport", "Export", "NumberLine", "NumberList", "SavedQuery"]
