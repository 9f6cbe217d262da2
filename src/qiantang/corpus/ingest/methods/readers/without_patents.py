"""Files that come beside patent data and hold no patent record: told by name of what they are, so that nobody goes looking."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from qiantang.corpus.ingest.types import FileRefused, Refusal

if TYPE_CHECKING:
    from qiantang.corpus.ingest.methods.tableheads import TableHead

# Tables by headers which stand together in no table of patents.
_STATISTICS = (
    frozenset({"region", "invention", "utility_model", "design"}),
    frozenset({"region", "university", "research_institute", "enterprise"}),
    frozenset({"region", "y2022", "y2023"}),
    frozenset({"district", "invention", "utility_model", "design"}),
    frozenset({"indicator", "unit"}),
    frozenset({"office_code", "origin", "technology", "records"}),
    frozenset({"企业名称", "FM2004", "SY2004", "WG2004"}),
)
_PLACES = frozenset({"province_name", "province_adcode", "city_name", "city_adcode"})
_JUDGMENTS = frozenset({"案件受理年份", "侵权行为数量", "赔偿金额"})

_PLACES_JSON = re.compile(rb'"adcode"\s*:.{0,200}"center"\s*:', re.DOTALL)
_JUDGMENTS_DUMP = re.compile("(?s)CREATE TABLE.*判决书".encode())
_NUMBER_PAIRS = re.compile(rb'\{[^{}]*"query_pn"\s*:[^{}]*"target_pns"\s*:')
_LABELLED_TEXTS = re.compile(rb'\{"id"\s*:[^{}]*"title"\s*:[^{}]*"abstract"\s*:[^{}]*"label_id"\s*:')
_ANNOTATIONS = re.compile(rb"(?:T\d+\t\w+ \d+ \d+\t[^\n]*|R\d+\t\w+ Arg1:T\d+ Arg2:T\d+\s*)\n")
_SYMBOL_LIST = re.compile(rb'\[\s*(?:"[A-HY]\d{2}[A-Z]\d{1,4}/\d{2,6}"\s*,\s*){3}')
# Running text: by the names of such files, or because no tabs part it and either sentences end in it or words without a
# figure stand in a row, as in an abstract which is one long sentence.
_PROSE_NAME = re.compile(r"(?i)(?:^|/)(?:license|readme|notice|copying)[^/]*$|\.(?:md|rst)$")
_SENTENCE_END = re.compile(r"\w\w\.(?=\s|$)|。")
_SENTENCES = 2
_WORDS_IN_A_ROW = re.compile(r"(?<!\S)(?:\(?[^\W\d_][^\s\d]* ){9}\(?[^\W\d_]")
_STRUCTURED = (b"{", b"[", b"<")


def refuse_without_patents(head: bytes, name: str, table: TableHead) -> None:
    """Return where a file may hold patents.

    errors  ``FileRefused``: statistics_only, places_only, judgments_only, number_pairs_only, texts_without_numbers,
            annotations_only, symbols_only, prose_only
    """
    rows = table.rows()
    columns = frozenset(rows[0]) if rows else frozenset()
    code = None
    if any(columns >= telling for telling in _STATISTICS):
        code = "statistics_only"
    elif columns >= _PLACES or _PLACES_JSON.search(head):
        code = "places_only"
    elif columns >= _JUDGMENTS or _JUDGMENTS_DUMP.search(head):
        code = "judgments_only"
    elif _NUMBER_PAIRS.match(head):
        code = "number_pairs_only"
    elif _LABELLED_TEXTS.match(head):
        code = "texts_without_numbers"
    elif _ANNOTATIONS.match(head):
        code = "annotations_only"
    elif _SYMBOL_LIST.match(head):
        code = "symbols_only"
    elif _is_prose(head, name, table.text):
        code = "prose_only"
    if code is not None:
        raise FileRefused(Refusal(0, code, facts={"name": name}))


def _is_prose(head: bytes, name: str, text: str) -> bool:
    if not text or head.lstrip().startswith(_STRUCTURED):
        return False
    if _PROSE_NAME.search(name):
        return True
    if not name.lower().endswith(".txt") or "\t" in text:
        return False
    return len(_SENTENCE_END.findall(text)) >= _SENTENCES or _WORDS_IN_A_ROW.search(text) is not None
