"""Whether two texts are the same, part by part, told by keyed digests: who holds no key learns nothing from them."""

from __future__ import annotations

import hmac
import re
import unicodedata
from collections.abc import Mapping
from hashlib import sha256
from typing import Final

from qiantang.scenarios.preexam.methods.documents import Draft
from qiantang.scenarios.preexam.types import Part

_LABEL: Final = re.compile(r"[\[［【]\s*\d{4,5}\s*[\]］】]")
_BLANK: Final = re.compile(r"\s+")


def even(text: str) -> str:
    """A text without what a conversion changes: blanks, width of signs, printed numbers of paragraphs."""
    return _BLANK.sub("", _LABEL.sub("", unicodedata.normalize("NFKC", text)))


def fingerprints(draft: Draft, key: bytes) -> dict[str, str]:
    """Digest by part; of the request only that it is there counts, since the office adds to it."""
    return {
        part.value: hmac.new(key, even(section.text).encode(), sha256).hexdigest()
        for part, section in sorted(draft.sections.items(), key=lambda one: list(Part).index(one[0]))
        if part is not Part.REQUEST
    }


def differing(passed: Mapping[str, str], filed: Mapping[str, str]) -> tuple[str, ...]:
    """The parts that are not the same in both, or are in one of them only."""
    return tuple(part.value for part in Part if passed.get(part.value) != filed.get(part.value))


def name_digest(name: str, key: bytes) -> str:
    """A digest of a name, to see whether two drafts name the same person."""
    return hmac.new(key, even(name).encode(), sha256).hexdigest()[:32]


_INVENTORS: Final = re.compile(r"\s*发明人(?:姓名)?\s*[:：]\s*(.+)").match
_JOINT: Final = re.compile(r"[;；,，、\s]+")


def inventors(draft: Draft) -> tuple[str, ...]:
    """The inventors that the request names."""
    section = draft.section(Part.REQUEST)
    lines = [found[1] for one in section.paragraphs if (found := _INVENTORS(one.text))] if section else []
    return tuple(name for line in lines for name in _JOINT.split(line.strip()) if name)
