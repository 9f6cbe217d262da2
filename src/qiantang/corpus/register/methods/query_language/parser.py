"""The grammar, by descent. Precedence: NOT, then nearness, then AND and XOR, then OR; words side by side mean AND.

query := and (OR and)*        and := not ([AND | XOR] not)*        not := NOT not | near
near  := atom (ADJn atom | NEARn atom | nW atom | nD atom | W/n atom | PRE/n atom)*      both sides of one field
atom  := '(' query ')' | word | "phrase" | "phrase"~n | #n | FIELD compare value | '(' FIELD, FIELD ')' compare value
value := word | "phrase" | '*' | '(' query without fields ')' | '(' list ')' | '(' bound TO bound ')' | [bound TO bound]
list  := value (, value)* with , ; or 、 between them: any of the values
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import takewhile

from qiantang.corpus.register.methods.query_language.codes import CODES, MOST_WORDS
from qiantang.corpus.register.methods.query_language.errors import Mend, sentence, syntax_error, with_repair
from qiantang.corpus.register.methods.query_language.fields import (
    BY_KEY,
    DEFAULT,
    Kind,
    QueryField,
    field_named,
)
from qiantang.corpus.register.methods.query_language.lexer import T, Token, is_value, tokens
from qiantang.corpus.register.methods.query_language.lists import fields_listed, is_list, listed
from qiantang.corpus.register.methods.query_language.misplaced import field_of_token, misplaced
from qiantang.corpus.register.methods.query_language.nodes import (
    AllOf,
    AnyOf,
    Everything,
    Loose,
    Near,
    Node,
    Opposite,
    joined,
    leaves,
)
from qiantang.corpus.register.methods.query_language.proximity import field_of, nearness, with_field
from qiantang.corpus.register.methods.query_language.said import Said
from qiantang.corpus.register.methods.query_language.values import between, loosely, read
from qiantang.kernel.errors import Invalid

MOST_TERMS = 1_000
MOST_NESTED = 50
_TO = ("to", "至", "到")
_GOES_ON = (T.AND, T.XOR, T.NOT, T.WORD, T.QUOTED, T.OPEN, T.COMPARE, T.RANGE_OPEN, T.HISTORY)
_Group = tuple[QueryField, str]  # field and operator that hold inside the brackets
_ANYWHERE: _Group = (BY_KEY[DEFAULT], "=")
_symbol_tail = re.compile(r"[0-9]{1,4}/[0-9]*\*?").fullmatch
_subclass = re.compile(r"[A-HYa-hy][0-9]{2}[A-Za-z]").fullmatch
_group_tail = re.compile(r"[0-9]{1,3}").fullmatch
CQL_VERBS = ("any", "all", "within")  # of Espacenet
_number_tail = re.compile(r"[0-9][0-9.,/]*[Xx]?|[A-Z][0-9]?").fullmatch
_TAILS = {Kind.CLASS: _symbol_tail, Kind.NUMBER: _number_tail, Kind.TIE: _number_tail}


def parse(text: str, history: Mapping[int, str] | None = None) -> Node:
    """The tree of a query; blank text is Everything.

    history     texts of earlier queries by their number: what ``#n`` stands for
    errors      ``query.syntax`` with ``position``, ``message``, ``expected``, ``hint``, and as ``repair`` the query mended,
                where the mend is plain; None: it is not
    """
    try:
        return _parsed(text, history)
    except Invalid as error:
        raise with_repair(error, text, lambda mended: _parsed(mended, history)) from None


def _parsed(text: str, history: Mapping[int, str] | None = None) -> Node:
    parser = _Parser(tokens(text), history or {})
    return parser.query() if parser.next.kind != T.END else Everything()


class _Parser:
    def __init__(self, found: list[Token], history: Mapping[int, str]) -> None:
        self._tokens = found
        self._history = history
        self._place = 0
        self.next = found[0]
        self._depth = 0
        self._terms = 0

    def _take(self) -> Token:
        token = self.next
        self._go_on(1)
        return token

    def _go_on(self, many: int) -> None:
        self._place += many
        self.next = self._tokens[self._place]

    def _deeper(self, at: int) -> None:
        self._depth += 1
        if self._depth > MOST_NESTED:
            raise syntax_error(
                at,
                sentence("More than %(most)s brackets or NOTs stand inside each other.", most=MOST_NESTED),
                expected="fewer brackets",
                hint="Brackets around one term, and NOT before NOT, can go.",
            )

    def query(self) -> Node:
        found = self._any(None)
        if self.next.kind != T.END:
            raise self._unexpected("AND, OR, NOT or a term")
        return found

    # --- operators ---

    def _any(self, group: _Group | None) -> Node:
        parts = [self._all(group)]
        while self.next.kind == T.OR:
            self._take()
            parts.append(self._all(group))
        return joined(AnyOf, parts)

    def _all(self, group: _Group | None) -> Node:
        parts = [self._not(group)]
        while self.next.kind in _GOES_ON:
            if self.next.kind == T.XOR:
                parts = [self._exclusive(self._take(), joined(AllOf, parts), self._not(group))]
                continue
            if self.next.kind == T.AND:
                self._take()
            parts.append(self._not(group))
        return joined(AllOf, parts)

    def _exclusive(self, sign: Token, one: Node, other: Node) -> Node:
        """Exactly one of the two. Each is said twice, so a chain doubles with every step: what that makes is counted."""
        self._terms += leaves(one) + leaves(other)
        if self._terms > MOST_TERMS:
            raise syntax_error(
                sign.at,
                sentence("A query has at most %(most)s terms.", most=MOST_TERMS),
                expected="fewer terms",
                hint="XOR repeats both of its sides, so each further one doubles the query.",
            )
        return AnyOf((joined(AllOf, [one, Opposite(other)]), joined(AllOf, [Opposite(one), other])))

    def _not(self, group: _Group | None) -> Node:
        if self.next.kind != T.NOT:
            return self._near(group)
        self._deeper(self._take().at)
        found = Opposite(self._not(group))
        self._depth -= 1
        return found

    def _near(self, group: _Group | None) -> Node:
        found = self._atom(group)
        while self.next.kind == T.NEAR:
            sign = self._take()
            distance, ordered = nearness(sign)
            start = self.next.at
            near = Near(found, self._atom(group), distance, ordered, sign.at)
            try:
                field_of(near)  # refuses what cannot be near
            except Invalid as error:
                raise with_field(error, near, start) from None
            found = near
        return found

    # --- atoms ---

    def _atom(self, group: _Group | None) -> Node:
        token = self.next
        if token.kind == T.OPEN:
            names = fields_listed(self._tokens, self._place) if group is None else []
            return self._each(names) if names else self._bracket(group)
        if token.kind == T.HISTORY:
            return self._earlier()
        if token.kind == T.COMPARE and group is not None:
            return self._compared(group[0])
        if group is None and (verb := self._verb()):
            return self._worded(verb)
        if not is_value(token):
            raise self._unexpected("a term")
        if token.kind != T.QUOTED and self._tokens[self._place + 1].kind == T.COMPARE:
            if group is not None:
                raise syntax_error(
                    token.at,
                    "A field cannot stand inside the brackets of another field.",
                    expected="terms of one field",
                    hint="Name the field before each term: (TI=a OR AB=b)",
                )
            return self._compared(field_of_token(self._take()))
        return self._value(*(group or _ANYWHERE))

    def _bracket(self, group: _Group | None) -> Node:
        opening = self._take()
        self._deeper(opening.at)
        found = self._any(group)
        self._close(opening)
        return found

    def _earlier(self) -> Node:
        """The query that ``#n`` stands for."""
        token = self._take()
        text = self._history.get(int(token.text[1:]))
        if text is None:
            known = ", ".join(f"#{number}" for number in sorted(self._history)) or None
            raise syntax_error(
                token.at,
                sentence("There is no earlier query %(given)s.", given=token.text),
                expected=known or "the number of a query in your history",
                hint="Numbers stand for the queries of your search history; none is kept unless you switch it on.",
            )
        return parse(text)

    def _close(self, opening: Token) -> None:
        if self.next.kind == T.END:
            raise syntax_error(
                opening.at,
                "The bracket is never closed.",
                expected=")",
                hint="Close it behind the last term that belongs to it, or take it away.",
                mend=Mend(self.next.at, self.next.at, ")"),
            )
        if self.next.kind != T.CLOSE:
            raise self._unexpected(")")
        self._take()
        self._depth -= 1

    def _verb(self) -> str:
        """``any``, ``all``, ``within`` between the name of a field and a quotation, as CQL has it; else nothing."""
        if self.next.kind != T.WORD or self._place + 2 >= len(self._tokens):
            return ""
        verb, value = self._tokens[self._place + 1], self._tokens[self._place + 2]
        if verb.kind != T.WORD or value.kind != T.QUOTED or verb.text.lower() not in CQL_VERBS:
            return ""
        return verb.text.lower() if field_named(self.next.text) else ""

    def _worded(self, verb: str) -> Node:
        """``ti any "a b"`` is ``TI=(a OR b)``, ``pd within "2019, 2020"`` the span."""
        field = field_of_token(self._take())
        self._go_on(1)
        value = self._take()
        words = value.text.replace(",", " ").split()
        self._terms += len(words)
        if verb == "within" and len(words) == 2:  # noqa: PLR2004 - from and to
            return between(field, words[0], words[1], (True, True), value.at)
        if verb == "within" or not words or self._terms > MOST_TERMS:
            raise misplaced(value, None, sentence("a value of %(field)s", field=field.key))
        parts: list[Node] = [read(Said(field, "=", one, value.at, quoted=True)) for one in words]
        return joined(AnyOf if verb == "any" else AllOf, parts)

    # --- comparisons ---

    def _each(self, names: list[Token]) -> Node:
        """``(TI,AB)=x`` is ``TI=x OR AB=x``, ``(TI,AB)!=x`` what has it in neither."""
        while self.next.kind != T.COMPARE:
            self._take()
        start = self._place
        kind = AllOf if self.next.text == "!=" else AnyOf
        found: list[Node] = []
        for field in dict.fromkeys(map(field_of_token, names)):
            self._go_on(start - self._place)
            found.append(self._compared(field))
        return joined(kind, found)

    def _compared(self, field: QueryField) -> Node:
        operator = self._take()
        sign = "=" if operator.text == ":" else operator.text
        if sign == "!=":
            self._deeper(operator.at)
            found = Opposite(self._value(field, "="))
            self._depth -= 1
            return found
        return self._value(field, sign)

    def _value(self, field: QueryField, sign: str) -> Node:
        token = self.next
        if token.kind == T.RANGE_OPEN:
            return self._range(field, sign)
        if token.kind == T.OPEN:
            return self._group(field, sign)
        if not is_value(token):
            raise self._unexpected(sentence("a value of %(field)s", field=field.key))
        self._terms += 1
        if self._terms > MOST_TERMS:
            raise syntax_error(
                token.at,
                sentence("A query has at most %(most)s terms.", most=MOST_TERMS),
                expected="fewer terms",
                hint="Many numbers are searched as a number list.",
            )
        self._take()
        if token.kind == T.QUOTED and self.next.kind == T.LOOSE and self.next.at == token.end:
            return self._loose(field, sign, token)
        text = token.text if token.kind == T.QUOTED else self._with_tail(field, token)
        if field.kind in (Kind.DAY, Kind.YEAR) and self._goes_on_to_an_end():
            self._take()
            text = f"{text}..{self._take().text}"  # 20190101:20201231
        end = self._tokens[self._place - 1].end
        return read(Said(field, sign, text, token.at, token.kind == T.QUOTED, end))

    def _goes_on_to_an_end(self) -> bool:
        colon, end = self.next, self._tokens[min(self._place + 1, len(self._tokens) - 1)]
        behind = self._tokens[self._place - 1].end
        return colon.text == ":" and colon.at == behind and end.kind == T.WORD and end.at == colon.end

    def _loose(self, field: QueryField, sign: str, phrase: Token) -> Loose:
        more = self._take()
        if not more.text[1:]:
            raise syntax_error(
                more.at,
                "~ needs a number.",
                expected='such as "lithium battery"~3',
                hint="The number says how many positions may lie between the words, all gaps together.",
                mend=Mend(more.at, more.end, "~3"),
            )
        return loosely(Said(field, sign, phrase.text, phrase.at, quoted=True), int(more.text[1:]))

    def _with_tail(self, field: QueryField, token: Token) -> str:
        """Symbols and numbers are written with blanks: ``G06F 16/35``, ``ZL 2019 1 0302430.1``."""
        if field.kind is Kind.CODE:
            return self._words_of_code(field, token)
        text, tail = token.text, _TAILS.get(field.kind)
        if tail is None:
            return text
        if field.kind is Kind.CLASS and _subclass(text) and self.next.kind == T.WORD and _group_tail(self.next.text):
            text += self._take().text  # H01M 10
        while self.next.kind == T.WORD and tail(self.next.text):
            if self._tokens[self._place + 1].kind == T.COMPARE:
                break
            text += self._take().text
        return text

    def _words_of_code(self, field: QueryField, token: Token) -> str:
        """``LS=in force``, ``CC=united states``: as many words as a value has."""
        following = self._tokens[self._place : self._place + MOST_WORDS]
        said = [token.text, *(one.text for one in takewhile(lambda one: one.kind == T.WORD, following))]
        many = CODES[field.key].longest(said)
        self._go_on(many - 1)
        return " ".join(said[:many])

    def _group(self, field: QueryField, sign: str) -> Node:
        if self._is_range(field):
            return self._range(field, sign)
        inside = self._inside()
        if not any(map(is_list, inside)):
            return self._bracket((field, sign))
        self._go_on(len(inside) + 2)
        values = listed(inside)
        self._terms += len(values)
        if not values:
            raise syntax_error(
                inside[0].at,
                "The list is empty.",
                expected=sentence("values of %(field)s", field=field.key),
                hint="Such as CC=(CN, US); with nothing to choose from, take the field away.",
            )
        read_ones = [read(Said(field, sign, one.text, one.at, one.kind == T.QUOTED)) for one in values]
        return joined(AnyOf, list(read_ones))

    def _inside(self) -> list[Token]:
        """What stands between the brackets where it is words and phrases only."""
        place = self._place + 1
        while is_value(self._tokens[place]):
            place += 1
        return self._tokens[self._place + 1 : place] if self._tokens[place].kind == T.CLOSE else []

    def _is_range(self, field: QueryField) -> bool:
        if field.kind not in (Kind.DAY, Kind.YEAR):
            return False
        following = self._tokens[self._place + 1 : self._place + 3]
        return len(following) == 2 and following[1].kind == T.WORD and following[1].text.lower() in _TO  # noqa: PLR2004 - bound, then TO

    def _range(self, field: QueryField, sign: str) -> Node:
        opening = self._take()
        if sign not in ("=", "=="):
            raise syntax_error(
                opening.at,
                sentence("A range stands after =, not after %(given)s.", given=sign),
                expected="=",
                hint="Such as AD=[2018 TO 2020]",
            )
        low = self._bound()
        if self.next.kind != T.WORD or self.next.text.lower() not in _TO:
            raise self._unexpected("TO")
        self._take()
        high = self._bound()
        closing = self.next
        if closing.kind != (T.CLOSE if opening.kind == T.OPEN else T.RANGE_CLOSE):
            raise self._unexpected("the end of the range")
        self._take()
        self._terms += 1
        return between(field, low, high, (opening.text != "{", closing.text != "}"), opening.at)

    def _bound(self) -> str | None:
        if self.next.kind not in (T.WORD, T.QUOTED):
            raise self._unexpected("a date, a year or *")
        text = self._take().text
        return None if text == "*" else text

    def _unexpected(self, expected: str) -> Invalid:
        return misplaced(self.next, self._tokens[self._place - 1] if self._place else None, expected)
