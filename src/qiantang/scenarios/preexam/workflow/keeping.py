"""What pre-examination keeps of requests and subjects: what goes when a case is disposed of, and what is counted on.

Organisations stay: their quota and credit are counted on.
"""

from __future__ import annotations

from qiantang.commons.casework.types.keeping import CaseKeeping, KeptTable, declare_keeping

KEEPING = declare_keeping(
    CaseKeeping(
        key="preexam",
        kinds=frozenset({"preexam.invention", "preexam.utility_model", "preexam.design", "preexam.subject"}),
        tables=(
            KeptTable(
                model="preexam.DraftRequest",
                case="case",
                emptied={"statements": {}, "application_number": ""},
                stays=frozenset({"kind", "applicant", "agency", "main_class", "outcome"}),
                belongs="preexam:{pk}",
            ),
            KeptTable(
                model="preexam.DraftVersion",
                case="request__case",
                emptied={
                    "fingerprints": {},
                    "signature": [],
                    "inventors": [],
                    "changes": [],
                    "declared": "",
                    "uploaded_by": None,
                },
                stays=frozenset({"rules_version", "counts", "severities"}),
                opened=("declared",),
            ),
            KeptTable(model="preexam.DraftPaper", case="request__case", stays=frozenset({"slot"})),
            KeptTable(
                model="preexam.DefectItem",
                case="request__case",
                emptied={"said": "", "answer": ""},
                stays=frozenset({"part", "rule"}),
                opened=("said", "answer"),
            ),
            KeptTable(
                model="preexam.SecondReading",
                case="request__case",
                emptied={"said": "", "reader": None},
                stays=frozenset({"outcome"}),
                opened=("said",),
            ),
            KeptTable(
                model="preexam.Conclusion",
                case="request__case",
                emptied={"said": "", "proposed_by": None, "confirmed_by": None},
                stays=frozenset({"number", "notice", "outcome", "reasons"}),
                opened=("said",),
            ),
            KeptTable(
                model="preexam.LookAlike",
                case="newer__case",
                emptied={"judged_by": None},
                stays=frozenset({"why"}),
            ),
            KeptTable(
                model="preexam.FilingAttempt",
                case="request__case",
                emptied={"application_number": "", "differing": []},
            ),
            KeptTable(
                model="preexam.NationalEvent",
                case="request__case",
                emptied={"source": "", "noted_by": None},
                stays=frozenset({"stage"}),
            ),
            KeptTable(
                model="preexam.PriorArtSearch",
                case="request__case",
                emptied={"asked": "", "by": None},
                stays=frozenset({"database"}),
                opened=("asked",),
            ),
            KeptTable(model="preexam.CitedDocument", case="request__case", removed=True, opened=("passage",)),
            KeptTable(
                model="preexam.QuotaEntry",
                case="case",
                emptied={"why": "", "facts": {}, "by": None},
                stays=frozenset({"organisation", "kind"}),
            ),
            KeptTable(
                model="preexam.CreditAppeal",
                case="entry__case",
                emptied={"said": "", "answer": "", "filed_by": None, "decided_by": None},
            ),
            KeptTable(
                model="preexam.CreditEntry",
                case="case",
                emptied={"evidence": "", "facts": {}, "by": None},
                stays=frozenset({"organisation", "rule", "measure", "rules_version"}),
            ),
            KeptTable(
                model="preexam.SubjectFiling",
                case="case",
                emptied={"facts": {}},
                stays=frozenset({"organisation", "profile"}),
            ),
        ),
    )
)
