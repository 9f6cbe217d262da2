"""Records as documents of the search index and as the cards that hits carry.

The batch way is column by column: no object is made for an entry of a list, and names, which come again and again, are
folded and tokenised once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from qiantang.corpus.classes.methods import field_of
from qiantang.corpus.register.methods.families import family_number
from qiantang.corpus.register.methods.highlight import Sought
from qiantang.corpus.register.methods.query_language.compiling import whole_value
from qiantang.corpus.register.methods.query_language.dates import day_number
from qiantang.corpus.register.methods.query_language.fields import REVERSED
from qiantang.corpus.register.methods.query_language.stretches import MOST_DISTANCE
from qiantang.corpus.register.methods.tokenising import Tokenised, tokenised
from qiantang.corpus.register.types import LIST_FIELDS, RECORD_SCHEMA, Part, PatentCard, PatentRecord, Role
from qiantang.engines.search.port import Document
from qiantang.kernel import classification
from qiantang.kernel.classification import Scheme
from qiantang.kernel.errors import Invalid
from qiantang.kernel.text import characters, index_text, plainness

# Between the values of one field: no query has this token, so no phrase runs across. Texts are asked for nearness too:
# between theirs stand more positions than any distance.
SEPARATOR = " | "
TEXT_SEPARATOR = " |" * (MOST_DISTANCE + 1) + " "
SNIPPET_WIDTH = 120
_UNKNOWN = "unknown"
_LONGEST_WHOLE = 16_000  # characters; a whole value must fit the 65,000 bytes of the search port
_ABSTRACT_KEPT, _CLAIMS_KEPT, _IPC_KEPT = 1_500, 600, 6
_TEXT_PARTS = {Part.TITLE.value: "title", Part.ABSTRACT.value: "abstract", Part.CLAIMS.value: "claims"}
_NAME_ROLES = {
    Role.APPLICANT.value: ("applicant",),
    Role.HOLDER.value: ("applicant", "holder"),
    Role.INVENTOR.value: ("inventor",),
    Role.AGENCY.value: ("agency",),
}
_SCHEMES = frozenset(Scheme)  # also the names of the index fields
_LIST_COLUMNS = {
    "texts": ("part", "text", "machine"),
    "parties": ("role", "name"),
    "classifications": ("scheme", "symbol", "first"),
    "publications": ("number", "kind", "date"),
}
_SINGLE_COLUMNS = (
    "patent_id",
    "office",
    "type",
    "application_number",
    "filing_date",
    "first_publication_date",
    "grant_date",
    "region_code",
    "status",
    "status_date",
    "simple_family_id",
    "extended_family_id",
    "keys",
)

Fields = dict[str, Any]


class _Name(NamedTuple):
    whole: str
    tokens: str
    characters: str


@lru_cache(maxsize=50_000)
def _name(text: str) -> _Name:
    return _Name(whole_value(text), index_text(text), characters(text))


@lru_cache(maxsize=50_000)
def _lineage(scheme: str, symbol: str) -> tuple[str, ...]:
    """The symbol and all above it; a symbol that cannot be read stands for itself."""
    try:
        return classification.parse(symbol, Scheme(scheme)).ancestors()
    except (Invalid, ValueError):
        return (symbol,)


# --- the columns of a batch -------------------------------------------------------------------------------------------


def _entries(batch: pa.RecordBatch, name: str, wanted: Sequence[str]) -> Iterator[list[tuple[Any, ...]]]:
    """For each record the entries of a list column as plain tuples."""
    column: Any = batch.column(name)
    struct = column.flatten()  # of a slice only what is in it
    rows = list(zip(*(struct.field(one).to_pylist() for one in wanted), strict=True))
    start = 0
    for length in pc.list_value_length(column).to_pylist():
        end = start + (length or 0)
        yield rows[start:end]
        start = end


def documents(batch: pa.RecordBatch) -> list[Document]:
    """The documents of a batch with the columns of RECORD_SCHEMA (more and any order may be there)."""
    texts, *others = (list(_entries(batch, name, wanted)) for name, wanted in _LIST_COLUMNS.items())
    searched = [one for entries in texts for part, one, _ in entries if part in _TEXT_PARTS and one]
    found = iter(tokenised(searched))
    lists = (texts, *others)
    singles = zip(*(batch.column(name).to_pylist() for name in _SINGLE_COLUMNS), strict=True)
    return [
        _document(dict(zip(_SINGLE_COLUMNS, single, strict=True)), found, *entries)
        for single, *entries in zip(singles, *lists, strict=True)
    ]


def document(record: PatentRecord) -> Document:
    """The document of one record; many go faster through ``documents``."""
    row = {name: getattr(record, name) for name in RECORD_SCHEMA.names}
    for name in (*(one for one, _ in LIST_FIELDS), "sources"):
        row[name] = [entry._asdict() for entry in row[name]]
    return documents(pa.RecordBatch.from_pylist([row], RECORD_SCHEMA))[0]


# --- one document ------------------------------------------------------------------------------------------------------


def _document(
    single: Fields,
    found: Iterator[Tokenised],
    texts: list[tuple[Any, ...]],
    parties: list[tuple[Any, ...]],
    classes: list[tuple[Any, ...]],
    publications: list[tuple[Any, ...]],
) -> Document:
    fields: Fields = {"known": []}
    _put_texts(fields, texts, found)
    _put_names(fields, parties)
    _put_classes(fields, classes)
    _put_numbers(fields, single, publications)
    _put_days(fields, single)
    fields["office"] = [single["office"]] if single["office"] else None
    fields["type"] = [single["type"]] if single["type"] else None
    fields["status"] = [single["status"] or _UNKNOWN]
    fields["region"] = [single["region_code"] or _UNKNOWN]
    card = _card_text(single, texts, parties, classes, publications)
    return Document(single["patent_id"], fields, card)


def _put_texts(fields: Fields, texts: Iterable[tuple[Any, ...]], found: Iterator[Tokenised]) -> None:
    said: dict[str, list[Tokenised]] = {}
    for part, text, _ in texts:
        name = _TEXT_PARTS.get(part)
        if name is not None and text:
            said.setdefault(name, []).append(next(found))
            if name == "title" and len(text) <= _LONGEST_WHOLE:
                fields.setdefault("title_whole", []).append(whole_value(text))
    fields["script"] = sorted({"cjk" if one.characters else "latin" for values in said.values() for one in values})
    for name, values in said.items():
        fields["known"].append(name)
        fields[name] = TEXT_SEPARATOR.join([one.tokens for one in values])
        fields[f"{name}_characters"] = " ".join([one.characters for one in values])


def _put_names(fields: Fields, parties: Iterable[tuple[Any, ...]]) -> None:
    said: dict[str, dict[str, _Name]] = {}
    for role, name in parties:
        if name and len(name) <= _LONGEST_WHOLE:
            for field in _NAME_ROLES.get(role, ()):
                said.setdefault(field, {})[name] = _name(name)
    for field, names in said.items():
        fields["known"].append(field)
        fields[field] = SEPARATOR.join([one.tokens for one in names.values()])
        fields[f"{field}_characters"] = " ".join([one.characters for one in names.values()])
        fields[f"{field}_whole"] = [one.whole for one in names.values()]


def _put_classes(fields: Fields, classes: Iterable[tuple[Any, ...]]) -> None:
    said: dict[str, dict[str, None]] = {}
    subclasses: dict[str, None] = {}
    technology: dict[str, None] = {}
    for scheme, symbol, _ in classes:
        if scheme not in _SCHEMES or not symbol:
            continue
        lineage = _lineage(scheme, symbol)
        said.setdefault(scheme, {}).update(dict.fromkeys(lineage))
        if scheme == "ipc" and len(lineage) > 2:  # noqa: PLR2004 - section, class, subclass
            subclasses[lineage[2]] = None
        if scheme == "ipc" and (field := field_of(symbol)):
            technology[str(field)] = None
    for scheme, symbols in said.items():
        fields[scheme] = list(symbols)
    fields["ipc_subclass"] = list(subclasses)
    fields["field"] = list(technology)
    fields["known"] += [key for key, scheme in (("CPC", "cpc"), ("LOC", "locarno")) if scheme in said]


def _put_numbers(fields: Fields, single: Fields, publications: Iterable[tuple[Any, ...]]) -> None:
    keys = single["keys"] or []
    simple, extended = single["simple_family_id"], single["extended_family_id"]
    families = [one for one in (simple, extended) if one]
    if simple:
        fields["simple_family_number"] = family_number(simple)
    if extended:
        fields["extended_family_number"] = family_number(extended)
    fields["id"] = [single["patent_id"]]
    fields["number"] = keys
    fields[REVERSED] = [key[:2] + key[:1:-1] for key in keys]
    fields["family"] = families
    fields["kind"] = [kind for _, kind, _ in publications if kind]
    roles = {key[:1] for key in keys}
    known = (("AN", "a" in roles), ("PN", "p" in roles), ("FM", bool(families)))
    fields["known"] += [key for key, is_known in known if is_known]


def _put_days(fields: Fields, single: Fields) -> None:
    filed, published, granted = single["filing_date"], single["first_publication_date"], single["grant_date"]
    since = single["status_date"]
    if filed is not None:
        fields["filing_day"], fields["filing_year"] = day_number(filed), filed.year
    if published is not None:
        fields["publication_day"], fields["publication_year"] = day_number(published), published.year
    if granted is not None:
        fields["grant_day"] = day_number(granted)
    if since is not None:
        fields["status_day"], fields["status_year"] = day_number(since), since.year


# --- cards -------------------------------------------------------------------------------------------------------------

_FIELD, _ENTRY = "\x1f", "\x1e"  # signs that no text has: where one does, a blank is kept


class Told(NamedTuple):
    """What the stored text of a card tells, in its order: split at one sign it is read ten times as fast as JSON.

    plain   one of ``kernel.text.Plain``, of title, abstract and claims together
    Names and symbols stand in one text each, ``_ENTRY`` between them; what is not known is an empty text.
    """

    number: str
    title: str
    plain: str
    applicants: str
    holders: str
    date: str
    filing_date: str
    type: str
    status: str
    ipc: str
    abstract: str
    claims: str


def stored(text: str) -> Told:
    """The stored text of a card, taken apart."""
    return Told(*text.split(_FIELD))


def packed(told: Told) -> str:
    """The text of a card as it is stored."""
    text = _FIELD.join(told)
    return text if text.count(_FIELD) == len(told) - 1 else _FIELD.join([one.replace(_FIELD, " ") for one in told])


def _clean(entry: str) -> str:
    return entry.replace(_ENTRY, " ")


def _day_told(day: date | None) -> str:
    return day.isoformat() if day else ""


def _shown(texts: Iterable[tuple[Any, ...]], part: Part) -> str:
    """The text of a part as people see it: the first that no machine translated, else the first."""
    found = [(bool(machine), text) for kind, text, machine in texts if kind == part and text]
    return min(found, key=lambda pair: pair[0])[1] if found else ""


def _names(parties: Iterable[tuple[Any, ...]], role: Role) -> list[str]:
    return [name for one, name in parties if one == role and name]


def _card_text(
    single: Fields,
    texts: list[tuple[Any, ...]],
    parties: list[tuple[Any, ...]],
    classes: list[tuple[Any, ...]],
    publications: list[tuple[Any, ...]],
) -> str:
    number, kind, published = max(publications, key=lambda one: one[2] or date.min, default=(None, None, None))
    ipc = [(not first, symbol) for scheme, symbol, first in classes if scheme == "ipc"]
    title = _shown(texts, Part.TITLE)
    abstract, claims = _shown(texts, Part.ABSTRACT)[:_ABSTRACT_KEPT], _shown(texts, Part.CLAIMS)[:_CLAIMS_KEPT]
    return packed(
        Told(
            number=f"{number}{kind or ''}" if number else single["application_number"] or single["patent_id"],
            title=title,
            plain=str(min(plainness(title), plainness(abstract), plainness(claims))),
            applicants=_ENTRY.join(map(_clean, _names(parties, Role.APPLICANT))),
            holders=_ENTRY.join(map(_clean, _names(parties, Role.HOLDER))),
            date=_day_told(published),
            filing_date=_day_told(single["filing_date"]),
            type=single["type"] or "",
            status=single["status"] or _UNKNOWN,
            ipc=_ENTRY.join(map(_clean, [symbol for _, symbol in sorted(ipc, key=lambda pair: pair[0])][:_IPC_KEPT])),
            abstract=abstract,
            claims=claims,
        )
    )


_NOTHING = Sought(())


def card(patent_id: str, score: float, text: str, sought: Sought = _NOTHING) -> PatentCard:
    """The card of a hit from its stored text, the terms of the query marked."""
    number, title, plain, applicants, holders, published, filed, kind, status, ipc, abstract, claims = text.split(
        _FIELD
    )
    stands = int(plain)
    shown, shown_marks = sought.snippet(abstract, SNIPPET_WIDTH, stands)
    if not shown_marks:
        passage, passage_marks = sought.snippet(claims, SNIPPET_WIDTH, stands)
        if passage_marks or not shown:
            shown, shown_marks = passage, passage_marks
    names = applicants or holders
    return PatentCard(
        patent_id,
        number,
        title,
        sought.marks(title, stands),
        shown,
        shown_marks,
        tuple(names.split(_ENTRY)) if names else (),
        date.fromisoformat(published) if published else None,
        date.fromisoformat(filed) if filed else None,
        kind or None,
        status,
        tuple(ipc.split(_ENTRY)) if ipc else (),
        score,
    )


def spelling(value: str, text: str) -> str:
    """A real spelling of the folded name ``value`` (a value of the facet PA), from the card text of one of its hits."""
    told = stored(text)
    names = [*told.applicants.split(_ENTRY), *told.holders.split(_ENTRY)]
    return next((name for name in names if whole_value(name) == value), value)
