"""The front door of cases: open, advance, decide, find, show.

People, clocks and links of a case: ``parties`` and ``timing``; status by code: ``inquiry``; modules of services;
``records``: how long cases are kept, holds, packages, disposal; ``old_files``: numbers from before. Kinds are declared with ``types``.
"""

from __future__ import annotations

from qiantang.commons.casework.selectors.cases import case_id_of, cases, found_by_number, visible_cases
from qiantang.commons.casework.selectors.sheet import case_sheet
from qiantang.commons.casework.services import archiving as records
from qiantang.commons.casework.services import inquiry, old_files, parties, timing
from qiantang.commons.casework.services.opening import open_case
from qiantang.commons.casework.services.stepping import advance, decide, note
from qiantang.commons.casework.types import declare_case_type

__all__ = [
    "advance",
    "case_id_of",
    "case_sheet",
    "cases",
    "decide",
    "declare_case_type",
    "found_by_number",
    "inquiry",
    "note",
    "old_files",
    "open_case",
    "parties",
    "records",
    "timing",
    "visible_cases",
]
