"""Named characters of the SGML age (``&ldquo;``, ``&mgr;``), which XML does not know without a DTD that nobody has.

Sources: HTML 5's list, which holds the ISO 8879 sets for punctuation, mathematics and Latin letters; ISO 8879 ISOgrk1 for
Greek text, where the names end in ``gr``.
"""

from __future__ import annotations

import re
from html.entities import html5

_OF_XML = "amp|lt|gt|quot|apos"
_KNOWN_ANYWAY = (b"amp;", b"#", b"lt;", b"gt;", b"quot;", b"apos;")
_NAMED = re.compile(rb"&(?!(?:" + _OF_XML.encode() + rb");)([A-Za-z][A-Za-z0-9.]*);")
_NAMED_OR_DATA = re.compile(rb"<!\[CDATA\[.*?\]\]>|" + _NAMED.pattern, re.DOTALL)

_GREEK = {
    "a": "α", "b": "β", "g": "γ", "d": "δ", "e": "ε", "z": "ζ", "ee": "η", "th": "θ", "i": "ι", "k": "κ", "l": "λ",
    "m": "μ", "n": "ν", "x": "ξ", "o": "ο", "p": "π", "r": "ρ", "s": "σ", "t": "τ", "u": "υ", "ph": "φ", "kh": "χ",
    "ps": "ψ", "oh": "ω",
}  # fmt: skip


def _reference(characters: str) -> bytes:
    """Numeric references, which mean the same in every encoding."""
    return "".join(f"&#{ord(one)};" for one in characters).encode("ascii")


_REFERENCES = (
    {name.rstrip(";").encode("ascii"): _reference(text) for name, text in html5.items() if name[-1] == ";"}
    | {
        f"{name}gr".encode("ascii"): _reference(letter)
        for small, greek in _GREEK.items()
        for name, letter in (
            (small, greek),
            (small[0].upper() + small[1:], greek.upper()),
            (small.upper(), greek.upper()),
        )
    }
    | {b"sfgr": _reference("ς")}
)


def resolved(content: bytes) -> bytes:
    """The document with numeric references in the place of known names; unknown ones stay, and are errors."""
    if all(map(_is_of_xml, content.split(b"&")[1:])):
        return content
    if b"<![CDATA[" in content:  # there an ampersand is an ampersand
        return _NAMED_OR_DATA.sub(lambda found: _spelled(found) if found[1] else found[0], content)
    return _NAMED.sub(_spelled, content)


def _is_of_xml(behind: bytes) -> bool:
    """Whether what stands behind an ampersand makes a reference that XML knows; much faster than a pattern."""
    return behind.startswith(_KNOWN_ANYWAY)


def _spelled(found: re.Match[bytes]) -> bytes:
    return _REFERENCES.get(found[1], found[0])
