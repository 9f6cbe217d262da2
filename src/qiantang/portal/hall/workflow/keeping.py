"""What the hall keeps of a matter: what goes when it is disposed of, and what is counted on."""

from __future__ import annotations

from qiantang.commons.casework.types.keeping import CaseKeeping, KeptTable, declare_keeping

KEEPING = declare_keeping(
    CaseKeeping(
        key="hall",
        kinds=frozenset({"hall.matter", "hall.bundle", "hall.complaint"}),
        tables=(
            KeptTable(
                model="hall.MatterFile",
                case="matter__case",
                emptied={"name": "", "handed_in_by": None},
                stays=frozenset({"about", "media_type", "sha256", "sm3"}),
                folder="hall/accepted",
            ),
            KeptTable(
                model="hall.Matter",
                case="case",
                emptied={"answers": {}, "papers": {}, "prefilled": {}},
                stays=frozenset({"service", "form", "channel", "missing", "receipt", "result"}),
            ),
            KeptTable(
                model="hall.ContestedValue",
                case="matter__case",
                emptied={
                    "value": "",
                    "said": "",
                    "why": "",
                    "receipt": "",
                    "reply": "",
                    "raised_by": None,
                    "settled_by": None,
                },
                stays=frozenset({"question", "owner"}),
            ),
            KeptTable(model="hall.CoSignature", case="matter__case", removed=True),
            KeptTable(
                model="hall.Supplement",
                case="matter__case",
                emptied={"gaps": [], "reason": "—", "asked_by": None},  # a second round has a reason
            ),
            KeptTable(
                model="hall.Visit",
                case="matter__case",
                emptied={"why": ""},
                stays=frozenset({"noted_by"}),  # an officer
            ),
            KeptTable(
                model="hall.Rating",
                case="matter__case",
                emptied={"comment": "", "contact_note": "", "reply": "", "given_by": None, "contacted_by": None},
                stays=frozenset({"channel"}),
            ),
            KeptTable(
                model="hall.TiscService",
                case="matter__case",
                emptied={"user": ""},
                stays=frozenset({"kind", "user_type", "outcome", "noted_by"}),  # noted by an officer
            ),
        ),
    )
)
