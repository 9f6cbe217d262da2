"""What disputes keep. State, parties and story of each stand in its case."""

from __future__ import annotations

from qiantang.scenarios.protection.models.agreements import Agreement, Performance, Signature
from qiantang.scenarios.protection.models.assistance import AidRequest, Expert, LibraryCase, Opinion, Takedown
from qiantang.scenarios.protection.models.charts import ChartElement, ClaimChart
from qiantang.scenarios.protection.models.disputes import Dispute, Exhibit, ImportedOutcome, PartyAccess, Proceeding
from qiantang.scenarios.protection.models.inspections import Inspection, InspectionWord
from qiantang.scenarios.protection.models.mediation import (
    Appointment,
    BlindBid,
    MediationBody,
    Mediator,
    Objection,
    Proposal,
    RoomMessage,
    Session,
    Tie,
)
from qiantang.scenarios.protection.models.origin import (
    FakeReport,
    Indication,
    OriginBatch,
    OriginCode,
    OriginPlot,
    OriginUser,
    PlotHolding,
    PlotYear,
    YieldRate,
)
from qiantang.scenarios.protection.models.papers import ConnectorMessage, Paper, Service
from qiantang.scenarios.protection.models.registers import RegisterEntry, RegisterGround
from qiantang.scenarios.protection.models.sheets import (
    ActionApplication,
    AlertCopy,
    Authority,
    ProductSheet,
    SheetAlert,
    SheetRead,
    SheetShare,
)
from qiantang.scenarios.protection.models.watching import Suspect, Watch

__all__ = [
    "ActionApplication",
    "Agreement",
    "AidRequest",
    "AlertCopy",
    "Appointment",
    "Authority",
    "BlindBid",
    "ChartElement",
    "ClaimChart",
    "ConnectorMessage",
    "Dispute",
    "Exhibit",
    "Expert",
    "FakeReport",
    "ImportedOutcome",
    "Indication",
    "Inspection",
    "InspectionWord",
    "LibraryCase",
    "MediationBody",
    "Mediator",
    "Objection",
    "Opinion",
    "OriginBatch",
    "OriginCode",
    "OriginPlot",
    "OriginUser",
    "Paper",
    "PartyAccess",
    "Performance",
    "PlotHolding",
    "PlotYear",
    "Proceeding",
    "ProductSheet",
    "Proposal",
    "RegisterEntry",
    "RegisterGround",
    "RoomMessage",
    "Service",
    "Session",
    "SheetAlert",
    "SheetRead",
    "SheetShare",
    "Signature",
    "Suspect",
    "Takedown",
    "Tie",
    "Watch",
    "YieldRate",
]
