"""Chains as TOML files and as stored values, and what is wrong with one."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING, Any

from qiantang.corpus.register.methods import query_language as language
from qiantang.corpus.register.methods.query_language import BY_KEY, Kind
from qiantang.corpus.register.methods.query_language.nodes import AllOf, AnyOf, Match, Near, Opposite
from qiantang.kernel.errors import Invalid
from qiantang.scenarios.navigation.types import Chain, Node, Place, RuleRef, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from qiantang.corpus.register.methods.query_language import Node as Query

MOST_LEVELS, MOST_NODES, LEAST_LEVELS = 6, 400, 3
_KEY = re.compile(r"[a-z][a-z0-9-]{1,59}")
_CODE = re.compile(r"[1-9][0-9]{0,2}(\.[1-9][0-9]{0,2})*")
_RULE = re.compile(r"[a-z0-9-]{1,20}:[A-Za-z0-9./-]{1,20}")
_WORD_CELLS = 3
_FORMAT = "qiantang-industry-pack/1"


def order_of(code: str) -> tuple[int, ...]:
    return tuple(int(one) for one in code.split("."))


def in_order(nodes: Iterable[Node]) -> tuple[Node, ...]:
    return tuple(sorted(nodes, key=lambda one: order_of(one.code)))


# --- files -----------------------------------------------------------------------------------------------------------


def read_pack(text: str) -> Chain:
    """An industry pack (TOML) as a chain.

    errors  Invalid ``navigation.pack_unreadable`` saying what; as ``ensure_sound``
    """
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Invalid("navigation.pack_unreadable", what=str(error)) from error
    if told.get("format") != _FORMAT:
        raise Invalid("navigation.pack_unreadable", what=f"format is not {_FORMAT}")
    chain = from_plain(told)
    ensure_sound(chain)
    return chain


def write_pack(chain: Chain) -> str:
    """The chain as an industry pack; ``read_pack`` gives the same chain."""
    lines = [
        f'format = "{_FORMAT}"',
        *(f"{key} = {_text(getattr(chain, key))}" for key in ("key", "zh", "en", "about_zh", "about_en")),
        f"version = {chain.version}",
        f"sources = [{', '.join(map(_text, chain.sources))}]",
    ]
    for node in chain.nodes:
        lines += ["", "[[nodes]]", *(f"{key} = {_text(getattr(node, key))}" for key in ("code", "zh", "en"))]
        if node.place:
            lines.append(f"place = {_text(node.place)}")
        if node.strategy:
            lines.append(f"strategy = {_text(node.strategy)}")
        if node.rules:
            lines.append(f"rules = [{', '.join(_text(str(one)) for one in node.rules)}]")
    for kind in ("effects", "means"):
        for word in getattr(chain, kind):
            lines += ["", f"[[{kind}]]", *(f"{key} = {_text(getattr(word, key))}" for key in ("zh", "en", "strategy"))]
    return "\n".join([*lines, ""])


def _text(value: str) -> str:
    return json.dumps(str(value), ensure_ascii=False).replace("\x7f", "\\u007f")


# --- plain values ----------------------------------------------------------------------------------------------------


def to_plain(chain: Chain) -> dict[str, Any]:
    """The chain as JSON has it; ``from_plain`` gives the same chain."""
    return {
        **{key: getattr(chain, key) for key in ("key", "zh", "en", "about_zh", "about_en", "version")},
        "sources": list(chain.sources),
        "nodes": [
            {"code": n.code, "zh": n.zh, "en": n.en, "strategy": n.strategy, "rules": [str(r) for r in n.rules]}
            | ({"place": str(n.place)} if n.place else {})
            for n in chain.nodes
        ],
        **{
            kind: [{"zh": one.zh, "en": one.en, "strategy": one.strategy} for one in getattr(chain, kind)]
            for kind in ("effects", "means")
        },
    }


def from_plain(told: Mapping[str, Any]) -> Chain:
    """A chain of plain values.

    errors  Invalid ``navigation.pack_unreadable`` naming what is missing or of another kind
    """
    try:
        return Chain(
            key=_word(told, "key"),
            zh=_word(told, "zh"),
            en=_word(told, "en"),
            about_zh=_word(told, "about_zh", ""),
            about_en=_word(told, "about_en", ""),
            nodes=in_order(_node(one) for one in told["nodes"]),
            effects=tuple(_vocabulary(one) for one in told.get("effects", ())),
            means=tuple(_vocabulary(one) for one in told.get("means", ())),
            sources=tuple(str(one) for one in told.get("sources", ())),
            version=int(told.get("version", 1)),
        )
    except KeyError as error:
        raise Invalid("navigation.pack_unreadable", what=f"{error.args[0]} is missing") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise Invalid("navigation.pack_unreadable", what=str(error)) from error


def _word(told: Mapping[str, Any], key: str, fallback: str | None = None) -> str:
    value = told[key] if fallback is None else told.get(key, fallback)
    if not isinstance(value, str):
        raise TypeError(f"{key} is no text")
    return value.strip()


def ensure_number(code: str) -> None:
    """errors: Invalid ``navigation.node_code`` where it is no number of a node"""
    if not _CODE.fullmatch(code):
        raise Invalid("navigation.node_code", node=code[:40])


def _node(told: Mapping[str, Any]) -> Node:
    code = _word(told, "code")
    ensure_number(code)
    place = told.get("place")
    rules = [_word({"rule": one}, "rule") for one in told.get("rules", ())]
    for one in rules:
        if not _RULE.fullmatch(one):
            raise ValueError(f"{one!r} is no rule of a concordance")
    return Node(
        code=code,
        zh=_word(told, "zh"),
        en=_word(told, "en"),
        strategy=_word(told, "strategy", ""),
        rules=tuple(RuleRef(*one.split(":", 1)) for one in rules),
        place=Place(place) if place else None,
    )


def _vocabulary(told: Mapping[str, Any]) -> Vocabulary:
    return Vocabulary(_word(told, "zh"), _word(told, "en"), _word(told, "strategy"))


def words_of_lines(text: str) -> tuple[Vocabulary, ...]:
    """Effects or means as they are typed: one a line, its Chinese name, its English name and its strategy parted by ``|``.

    errors  Invalid ``navigation.words_line`` with the number of the line
    """
    found = []
    for at, line in enumerate(text.splitlines(), 1):
        if line.strip():
            cells = [cell.strip() for cell in line.split("|", 2)]
            if len(cells) < _WORD_CELLS or not all(cells):
                raise Invalid("navigation.words_line", line=at)
            found.append(Vocabulary(*cells))
    return tuple(found)


def lines_of_words(words: Iterable[Vocabulary]) -> str:
    """The same the other way."""
    return "\n".join(f"{one.zh} | {one.en} | {one.strategy}" for one in words)


# --- soundness -------------------------------------------------------------------------------------------------------


def ensure_sound(chain: Chain) -> None:
    """Whether the chain can be kept: codes, names, every strategy readable. Not yet: whether it is complete.

    errors  Invalid, each naming the node
    """
    if not _KEY.fullmatch(chain.key):
        raise Invalid("navigation.pack_unreadable", what=f"key {chain.key[:40]!r}")
    if not (chain.zh and chain.en):
        raise Invalid("navigation.pack_unreadable", what="zh, en")
    if len(chain.nodes) > MOST_NODES:
        raise Invalid("navigation.too_many_nodes", most=MOST_NODES)
    codes = {one.code for one in chain.nodes}
    if len(codes) < len(chain.nodes):
        twice = next(one.code for at, one in enumerate(chain.nodes) if one.code == chain.nodes[at - 1].code)
        raise Invalid("navigation.node_taken", node=twice)
    for node in chain.nodes:
        if not _CODE.fullmatch(node.code) or (node.above and node.above not in codes):
            raise Invalid("navigation.node_code", node=node.code)
        if node.level > MOST_LEVELS:
            raise Invalid("navigation.node_too_deep", most=MOST_LEVELS)
        if not (node.zh and node.en):
            raise Invalid("navigation.node_name")
        ensure_readable(node.strategy, node.code)
    for word in (*chain.effects, *chain.means):
        ensure_readable(word.strategy, word.zh)


def ensure_readable(strategy: str, code: str) -> None:
    """Errors  Invalid ``navigation.strategy_unreadable`` · ``navigation.strategy_set``"""
    if not strategy:
        return
    try:
        query = language.parse(strategy)
    except Invalid as error:
        told = error.facts
        raise Invalid(
            "navigation.strategy_unreadable", node=code, message=told.get("message"), position=told.get("position")
        ) from error
    if any(BY_KEY[field].kind is Kind.SET for field in fields_of(query)):
        raise Invalid("navigation.strategy_set", node=code)


def fields_of(query: Query) -> Iterator[str]:
    """The keys of all fields a query asks for."""
    match query:
        case AllOf(parts) | AnyOf(parts):
            for one in parts:
                yield from fields_of(one)
        case Opposite(part):
            yield from fields_of(part)
        case Near(left, right):
            yield from fields_of(left)
            yield from fields_of(right)
        case Match(field):
            yield field
        case _:
            named = getattr(query, "field", "")
            if named:
                yield named


def missing(chain: Chain) -> tuple[str, ...]:
    """What keeps a sound chain from being published, as codes of nodes and words: ``levels``, ``places``."""
    found = [one.code for one in chain.leaves() if not one.strategy]
    if max((one.level for one in chain.nodes), default=0) < LEAST_LEVELS:
        found.append("levels")
    if any(one.place is None for one in chain.below("")):
        found.append("places")
    return tuple(found)
