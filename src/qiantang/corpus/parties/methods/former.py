"""Former names as the gazette states them: a change of name is the same party, a transfer is another one.

Codes of the Chinese patent gazette: CP01 change of the holder's name, CP03 of name and address, CB02 of an applicant's
particulars; TR01 and TA01 are transfers and never former names.
"""

from __future__ import annotations

import re

_NAME_CODES = frozenset({"CP01", "CP03", "CB02"})
_TRANSFER = re.compile("转移|转让|[Tt]ransfer|[Aa]ssignment")
_NAME_CHANGE = re.compile("姓名或者名称|[Cc]hange (?:in|of) (?:the )?name")
_ZH = re.compile(
    r"变更事项\s*[:：]\s*(?:共同)?(?:专利权人|申请人)\s*变更前\s*[:：]\s*(?P<before>\S[^\n]*?)\s*变更后\s*[:：]\s*(?P<after>\S[^\n]*?)\s*(?=$|\n|变更事项)"
)
_EN_AFTER = re.compile(r"(?:Patentee|Applicant) after\s*:\s*(?P<after>[^\n]+?)\s*(?:\n|;|$)")
_EN_BEFORE = re.compile(r"(?:Patentee|Applicant) before\s*:\s*(?P<before>[^\n]+?)\s*(?:\n|;|$)")


def name_changes(code: str, text: str | None) -> list[tuple[str, str]]:
    """(name before, name after) for each change of name an event states; empty for a transfer or anything else.

    code  the office's raw code
    text  the event as published
    """
    if not text or _TRANSFER.search(text):
        return []
    if code.upper() not in _NAME_CODES and not _NAME_CHANGE.search(text):
        return []
    found = [(one["before"], one["after"]) for one in _ZH.finditer(text)]
    after, before = _EN_AFTER.findall(text), _EN_BEFORE.findall(text)
    if len(after) == len(before):
        found += list(zip(before, after, strict=True))
    return [(old, new) for old, new in found if old != new]
