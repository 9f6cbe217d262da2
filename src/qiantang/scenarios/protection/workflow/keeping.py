"""What protection keeps of a dispute and its proceedings: what goes when a case is disposed of, and what is counted on.

Deposits of evidence are not of the case: they belong to who deposited them, and keep their own time.
"""

from __future__ import annotations

from django.db.models import Case, CharField, Value, When
from django.db.models.functions import Cast, Concat

from qiantang.commons.casework.types.keeping import CaseKeeping, KeptTable, declare_keeping

_P = "proceeding__case"
_FAILED = Case(When(failed="", then=Value("")), default=Value("—"))  # that it failed stays, why does not

_NUMBERED = Concat(Value("— "), Cast("pk", CharField()))  # each of an entry has its own

_OF_DISPUTES = (
    KeptTable(
        model="protection.Dispute",
        case="case",
        emptied={
            "person": None,
            "organisation": None,
            "respondent_person": None,
            "respondent_organisation": None,
            "told": {},
        },
        stays=frozenset({"right_kind", "matter"}),
    ),
    KeptTable(
        model="protection.Exhibit",
        case="dispute__case",
        emptied={"name": "", "shows": "", "added_by": None},
        stays=frozenset({"number", "side", "sha256"}),
    ),
    KeptTable(
        model="protection.Takedown",
        case="dispute__case",
        emptied={"platform": "", "addresses": [], "remark": ""},
        stays=frozenset({"document", "outcome"}),
    ),
    KeptTable(
        model="protection.ClaimChart",
        case="dispute__case",
        emptied={"claim_text": "", "product": "", "made_by": None},
    ),
    KeptTable(
        model="protection.ChartElement",
        case="chart__dispute__case",
        emptied={"text": "", "feature": "", "deposits": []},
        stays=frozenset({"verdict"}),
    ),
)
_OF_REGISTERS = (
    KeptTable(
        model="protection.RegisterEntry",
        case="case",
        emptied={"name": "—", "identity": "", "notice_how": ""},
        stays=frozenset({"register", "notice_document"}),
    ),
    KeptTable(
        model="protection.RegisterGround",
        case="entry__case",
        emptied={"reference": _NUMBERED},
        stays=frozenset({"kind", "authority"}),
    ),
)
_OF_PROCEEDINGS = (
    KeptTable(
        model="protection.Proceeding",
        case="case",
        emptied={"reference": "", "delegated_by": "", "choices": {}},
        stays=frozenset({"route", "body", "chosen_on_rules", "reasons", "outcome", "extension_agreed"}),
    ),
    KeptTable(model="protection.PartyAccess", case=_P, removed=True),
    KeptTable(model="protection.Signature", case="agreement__proceeding__case", removed=True),
    KeptTable(
        model="protection.Performance",
        case="agreement__proceeding__case",
        emptied={"what": ""},
        stays=frozenset({"side"}),
    ),
    KeptTable(
        model="protection.Agreement",
        case=_P,
        emptied={"content": {}, "decision_reference": ""},
        stays=frozenset({"sha256", "document", "application", "court", "confirmation_asked"}),
    ),
    KeptTable(model="protection.AidRequest", case=_P, emptied={"told": {}}, stays=frozenset({"rules", "broken"})),
    KeptTable(
        model="protection.Opinion",
        case=_P,
        emptied={"question": "", "parts": {}, "declined": ""},
        stays=frozenset({"kind", "document"}),
    ),
    KeptTable(  # told without names when it was written, and published
        model="protection.LibraryCase",
        case=_P,
        emptied={"written_by": None},
        stays=frozenset({"title", "facts", "points", "result"}),
    ),
    KeptTable(model="protection.Objection", case=_P, emptied={"reason": ""}, stays=frozenset({"side"})),
    KeptTable(
        model="protection.Appointment",
        case=_P,
        emptied={"reasons": {}, "disclosed": "", "end_reason": ""},
        stays=frozenset({"named_by"}),
    ),
    KeptTable(model="protection.RoomMessage", case=_P, removed=True),
    KeptTable(model="protection.Proposal", case=_P, emptied={"terms": ""}, stays=frozenset({"side", "answers"})),
    KeptTable(
        model="protection.Session",
        case=_P,
        emptied={"place": "", "present": "", "minutes": "", "undisputed": ""},
        stays=frozenset({"confirmed_by"}),
    ),
    KeptTable(model="protection.BlindBid", case=_P, emptied={"sealed": ""}, stays=frozenset({"side"})),
    KeptTable(
        model="protection.Service",
        case="paper__proceeding__case",
        emptied={"proof": "", "failed": _FAILED},
        stays=frozenset({"side", "method", "proof_sha256"}),
    ),
    KeptTable(
        model="protection.Paper",
        case=_P,
        emptied={"title": "", "text": "", "deposits": [], "author": None},
        stays=frozenset({"kind", "side", "sha256"}),
    ),
    KeptTable(
        model="protection.ConnectorMessage",
        case=_P,
        emptied={"envelope": {}, "acknowledgement": None, "fault": ""},
        stays=frozenset({"connector", "message_id", "kind"}),
    ),
)
KEEPING = declare_keeping(
    CaseKeeping(
        key="protection",
        kinds=frozenset(
            f"protection.{one}"
            for one in ("dispute", "mediation", "adjudication", "assistance", "handover", "clue", "register")
        ),
        tables=(*_OF_DISPUTES, *_OF_PROCEEDINGS, *_OF_REGISTERS),
    )
)
