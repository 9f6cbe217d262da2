"""From text to tokens: words, quoted phrases, brackets, operators. Full-width signs count as their narrow twins."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from qiantang.corpus.register.methods.query_language.errors import Mend, sentence, syntax_error
from qiantang.kernel.errors import Invalid

MOST_CHARACTERS = 1_000  # of one word or phrase
IN_A_SENTENCE = 30  # positions that come close to one sentence: sentences are not marked in the sources


class T:
    """The kinds of token. No ``Enum``: a query asks for one a hundred times, and each time would take as long as a call."""

    WORD: Final = "word"
    QUOTED: Final = "quoted"
    OPEN: Final = "("
    CLOSE: Final = ")"
    AND: Final = "and"
    OR: Final = "or"
    NOT: Final = "not"
    COMPARE: Final = "compare"
    RANGE_OPEN: Final = "["
    RANGE_CLOSE: Final = "]"
    XOR: Final = "xor"
    NEAR: Final = "near"  # ADJn, NEARn, nW, nD, W/n, PRE/n, with or without <>
    LOOSE: Final = "~"  # ~n
    HISTORY: Final = "#"  # #n
    END: Final = "end"


class Token(NamedTuple):
    """``text`` is the value: without quotes and escapes; a comparison in its narrow spelling."""

    kind: str
    text: str
    at: int
    end: int


_COMPARES = {
    "：": ":",
    "＝": "=",
    "≥": ">=",
    "≤": "<=",
    "＞": ">",
    "＜": "<",
    "≠": "!=",
    "<>": "!=",
    "=>": ">=",
    "=<": "<=",
}
_SIGNS = {"(": T.OPEN, "（": T.OPEN, ")": T.CLOSE, "）": T.CLOSE, "&": T.AND, "＆": T.AND, "|": T.OR, "｜": T.OR}
_DOUBLED = frozenset("&|＆｜")
_RANGES = {
    "[": T.RANGE_OPEN,
    "{": T.RANGE_OPEN,
    "［": T.RANGE_OPEN,
    "]": T.RANGE_CLOSE,
    "}": T.RANGE_CLOSE,
    "］": T.RANGE_CLOSE,
}
_QUOTES = {'"': '"', "“": "”", "”": "”", "「": "」", "『": "』", "＂": "＂"}
_compare = re.compile(r"==|!=|<>|>=|<=|=>|=<|[=:<>：＝≥≤＞＜≠]")
_COMPARE_BEGINS = "!=<>:：＝≥≤＞＜≠"
_proximity = re.compile(r"<\s*(?:ADJ|NEAR)\s*[0-9]*\s*>", re.IGNORECASE)
_STOPS = "()（）&＆|｜[]{}［］=:<>：＝≥≤＞＜≠" + "".join(_QUOTES)
# possessive: whether the whole is a word is asked of texts that are none, and a retreat would try every way to cut them
_word = re.compile(rf"(?:[^\s!{re.escape(_STOPS)}]++|!(?!=))++")
_inside = rf"[^\s{re.escape(_STOPS)}]"
_bracketed = re.compile(rf"(?:[(（]{_inside}+[)）]{_inside}*)+")  # of a name such as 钱潮（甲）厂
_WORDS = {
    "and": T.AND,
    "与": T.AND,
    "且": T.AND,
    "并且": T.AND,
    "or": T.OR,
    "或": T.OR,
    "或者": T.OR,
    "not": T.NOT,
    "非": T.NOT,
    "andnot": T.NOT,
    "不含": T.NOT,
    "不包含": T.NOT,
    "xor": T.XOR,
    "异或": T.XOR,
}
_NO_WORD_BEGINS = frozenset(_STOPS + "!-－")  # a word that begins with ! is found on the longer way
_BRACKETS = ("(", "（")
_FRESH_AFTER = (T.OPEN, T.AND, T.OR, T.NOT, T.XOR)  # a minus right behind these begins something new
_special = re.compile(
    r"(?P<near>(?i:(?:near/?|adj/?|w/|pre/|\$w|\$pre)[0-9]+)|NEAR|ADJ|[0-9]{1,3}[WD])|(?P<history>#[0-9]+)|(?P<loose>~[0-9]*)"
)
_SPECIAL_BEGINS = frozenset("nNaAwWpP#~$")
# (W) (5W) (N) (5N) between two terms: how incoPat and Dialog write distance
_bracketed_distance = re.compile(
    r"[(（]\s*(?P<n>[0-9]{0,2})(?P<letter>[WN])\s*[)）](?=\s*(?!(?:and|or|not|xor|andnot)\b|[与或且非]\s)[^\s)）&|＆｜])",
    re.IGNORECASE,
)
# prox/distance<3, prox/unit=sentence/ordered=true: how CQL writes distance, as on Espacenet
_cql_distance = re.compile(
    r"prox(?:/(?:distance\s*(?P<sign><=|<|==?)\s*(?P<n>[0-9]{1,2})|unit\s*=\s*(?P<unit>[a-z]+)"
    r"|ordered\s*=\s*(?P<ordered>[a-z]+)|(?P<alone>ordered)\b|unordered\b))+",
    re.IGNORECASE,
)
_damaged = re.compile("[\ud800-\udfff]").search  # from JSON such may come; no index and no file takes them
_ENDS_A_TERM = (T.WORD, T.QUOTED, T.CLOSE)
_SPECIAL = {"near": T.NEAR, "history": T.HISTORY, "loose": T.LOOSE}


def tokens(text: str) -> list[Token]:
    """The tokens of a query, an END last.

    errors  ``query.syntax``
    """
    if (damaged := _damaged(text)) is not None:
        raise syntax_error(
            damaged.start(),
            "This character is damaged: it is one half of a pair.",
            expected="the character whole, or none",
            hint="Type it again; a program that cuts texts may have cut it in two.",
        )
    found: list[Token] = []
    at = 0
    while at < len(text):
        sign = text[at]
        if sign.isspace():
            at += 1
            continue
        if sign in _NO_WORD_BEGINS:
            fresh = not found or found[-1].end < at or found[-1].kind in _FRESH_AFTER
            behind = bool(found) and found[-1].kind in _ENDS_A_TERM
            token = (_distance(text, at) if behind and sign in _BRACKETS else None) or _next(text, at, fresh=fresh)
        else:
            token = _plain(text, at)
        found.append(token)
        at = token.end
    found.append(Token(T.END, "", len(text), len(text)))
    return found


def _next(text: str, at: int, *, fresh: bool) -> Token:  # noqa: PLR0911 - one return a kind of token
    sign = text[at]
    if sign in _QUOTES:
        return _quoted(text, at, _QUOTES[sign])
    if sign in _SIGNS:
        doubled = sign in _DOUBLED and text.startswith(sign, at + 1)  # && and ||
        return Token(_SIGNS[sign], sign, at, at + 1 + doubled)
    if sign in _RANGES:
        return Token(_RANGES[sign], {"［": "[", "］": "]"}.get(sign, sign), at, at + 1)
    if sign == "<" and (near := _proximity.match(text, at)):
        return Token(T.NEAR, "".join(near[0][1:-1].split()), at, near.end())
    if sign in _COMPARE_BEGINS and (compare := _compare.match(text, at)):
        return Token(T.COMPARE, _COMPARES.get(compare[0], compare[0]), at, compare.end())
    if sign in "-－" and fresh:
        return _minus(text, at)
    if sign == "!" and fresh:
        return Token(T.NOT, "!", at, at + 1)
    return _plain(text, at)


def _distance(text: str, at: int) -> Token | None:
    found = _bracketed_distance.match(text, at)
    if found is None:
        return None
    name = "ADJ" if found["letter"] in "Ww" else "NEAR"
    return Token(T.NEAR, name + (found["n"] or "1"), at, found.end())


def _minus(text: str, at: int) -> Token:
    if at + 1 < len(text) and not text[at + 1].isspace():
        return Token(T.NOT, "-", at, at + 1)
    raise syntax_error(
        at,
        "A minus sign stands right before what it excludes.",
        expected="a term",
        hint='Write -word, or quote it: "-"',
        mend=Mend(at, at + 1, "NOT"),
    )


def _plain(text: str, at: int) -> Token:
    found = _word.match(text, at)
    assert found is not None  # every sign that ends a word is a token of its own
    word, end = found[0], found.end()
    if word[:5].lower() == "prox/":
        raise _cql(text, at, end)
    kind = _WORDS.get(word.lower(), T.WORD)
    if kind == T.WORD and _may_be_special(word) and (special := _special.fullmatch(word)):
        kind = _SPECIAL[str(special.lastgroup)]
    if kind == T.WORD and text.startswith(_BRACKETS, end) and (more := _bracketed.match(text, end)):
        word, end = word + more[0], more.end()
    if len(word) > MOST_CHARACTERS:
        raise syntax_error(
            at,
            sentence("A word has at most %(most)s characters.", most=MOST_CHARACTERS),
            expected="a shorter text",
            hint="A long text is looked for in plain words, where nothing of it is kept.",
        )
    return Token(kind, word, at, end)


def _cql(text: str, at: int, end: int) -> Invalid:
    """The error of a distance of CQL. It is no operator here: its reader should see which distance is asked instead."""
    found = _cql_distance.match(text, at)
    near = "NEAR5"
    if found is not None:
        end = found.end()
        ordered = found["alone"] or (found["ordered"] or "").lower() == "true"
        many = max(1, int(found["n"] or 5) - (found["sign"] == "<"))
        if (found["unit"] or "word").lower().rstrip("s") != "word":
            many = IN_A_SENTENCE
        near = f"{'ADJ' if ordered else 'NEAR'}{many}"
    return syntax_error(
        at,
        sentence("A distance is written %(near)s here, not %(given)s.", near=near, given=text[at:end]),
        expected="ADJn or NEARn",
        hint="The number says how many positions apart they may be; neighbours are 1 apart.",
        mend=Mend(at, end, near),
    )


def _may_be_special(word: str) -> bool:
    return word[0] in _SPECIAL_BEGINS or word[0].isdecimal()


def is_value(token: Token) -> bool:
    """Where a term is due, ``3D`` or ``NEAR`` is a word; only behind a term would it be an operator."""
    return token.kind in (T.WORD, T.QUOTED) or (token.kind == T.NEAR and token.text[0].isalnum())


def is_word(text: str) -> bool:
    """Whether a text is one word and nothing else; of a name with brackets in it, which may be one, this is not said."""
    return (
        _word.fullmatch(text) is not None
        and text[0] not in _NO_WORD_BEGINS
        and text.lower() not in _WORDS
        and not (_may_be_special(text) and _special.fullmatch(text))
    )


def _quoted(text: str, at: int, closing: str) -> Token:
    said: list[str] = []
    place = at + 1
    while place < len(text):
        sign = text[place]
        if sign == closing:
            if len(said) > MOST_CHARACTERS:
                raise syntax_error(
                    at,
                    sentence("A phrase has at most %(most)s characters.", most=MOST_CHARACTERS),
                    expected="a shorter text",
                    hint="A long text is looked for in plain words, where nothing of it is kept.",
                )
            return Token(T.QUOTED, "".join(said), at, place + 1)
        if sign == "\\" and place + 1 < len(text):
            place += 1
        said.append(text[place])
        place += 1
    raise syntax_error(
        at,
        "The quotation mark is never closed.",
        expected=closing,
        hint="Close it behind the phrase, or take it away.",
        mend=Mend(len(text), len(text), closing),
    )
