"""What people keep on the search desk: their own content, seen by nobody else unless they share it."""

from qiantang.scenarios.query.models.dossiers import (
    LEAST_RATING,
    MOST_RATING,
    Dossier,
    DossierAct,
    DossierChange,
    DossierComment,
    DossierEntry,
    DossierLink,
    DossierShare,
    DossierTag,
)
from qiantang.scenarios.query.models.exports import Export
from qiantang.scenarios.query.models.number_lists import NumberLine, NumberList
from qiantang.scenarios.query.models.saved import ChangeReport, SavedQuery

__all__ = [
    "LEAST_RATING",
    "MOST_RATING",
    "ChangeReport",
    "Dossier",
    "DossierAct",
    "DossierChange",
    "DossierComment",
    "DossierEntry",
    "DossierLink",
    "DossierShare",
    "DossierTag",
    "Export",
    "NumberLine",
    "NumberList",
    "SavedQuery",
]
