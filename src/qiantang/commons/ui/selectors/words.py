"""The words of patent practice for people, in both languages: keys in, words out; an unknown key stands for itself.

Source of the terms: CNIPA announcements and WIPO ST.3, ST.9, ST.27; see the glossary.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from babel import Locale
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from qiantang.commons.ui.types import Tone

_STATUS: dict[str, tuple[str | Promise, Tone]] = {
    "filed": (_("Filed, not yet published"), Tone.ACTION),
    "published": (_("Published"), Tone.ACTION),
    "in_examination": (_("In examination"), Tone.ACTION),
    "granted": (_("In force"), Tone.GOOD),
    "partially_invalidated": (_("In force in part"), Tone.GOOD),
    "lapsed_fee": (_("Lapsed: fee not paid"), Tone.PLAIN),
    "presumed_lapsed": (_("Status to be confirmed"), Tone.WAIT),
    "expired": (_("Expired"), Tone.PLAIN),
    "abandoned": (_("Surrendered"), Tone.PLAIN),
    "withdrawn": (_("Withdrawn"), Tone.PLAIN),
    "deemed_withdrawn": (_("Deemed withdrawn"), Tone.PLAIN),
    "deemed_abandoned_grant": (_("Grant deemed abandoned"), Tone.PLAIN),
    "refused": (_("Refused"), Tone.PLAIN),
    "refused_pending_reexam": (_("Refused, review pending"), Tone.WAIT),
    "invalidated": (_("Declared invalid"), Tone.PLAIN),
    "unknown": (_("Status not known"), Tone.WAIT),
}

_FLAGS: dict[str, str | Promise] = {
    "pledged": _("Pledged"),
    "licensed": _("Licensed"),
    "open_licence": _("Open licence"),
    "preserved": _("Preserved by court order"),
    "suspended": _("Proceedings suspended"),
}

_TYPES: dict[str, str | Promise] = {
    "invention": _("Invention"),
    "utility_model": _("Utility model"),
    "design": _("Design"),
    "plant": _("Plant patent"),
    "other": pgettext_lazy("patent type", "Other"),
    "unknown": _("Type not known"),
}

_OFFICES: dict[str, str | Promise] = {
    "CN": _("China"),
    "US": _("United States"),
    "EP": _("European Patent Office"),
    "WO": _("WIPO (international)"),
    "JP": _("Japan"),
    "KR": _("Republic of Korea"),
    "DE": _("Germany"),
    "FR": _("France"),
    "GB": _("United Kingdom"),
    "TW": _("Taiwan, China"),
    "HK": _("Hong Kong, China"),
    "MO": _("Macao, China"),
    "CA": _("Canada"),
    "AU": _("Australia"),
    "IN": _("India"),
    "RU": _("Russian Federation"),
    "EA": _("Eurasian Patent Organization"),
    "AP": _("ARIPO"),
    "OA": _("OAPI"),
    "GC": _("Gulf Cooperation Council"),
    "EM": _("EUIPO"),
    "SU": _("Soviet Union"),
    "DD": _("German Democratic Republic"),
    "CS": _("Czechoslovakia"),
    "YU": _("Yugoslavia"),
}

_ORIGINS: dict[str, str | Promise] = {
    "applicant": _("named by the applicant"),
    "examiner": _("named by the examiner"),
    "search": _("from the search report"),
    "opposition": _("from opposition"),
    "third_party": _("from a third party"),
    "other": pgettext_lazy("citation", "other"),
}

_FIELDS: dict[str, str | Promise] = {
    "office": _("Office"),
    "type": _("Type"),
    "application_number": _("Application number"),
    "filing_date": _("Filing date"),
    "claim_count": _("Number of claims"),
    "page_count": _("Number of pages"),
    "simple_family": _("Simple family"),
    "extended_family": _("Extended family"),
    "simple_family_id": _("Simple family"),
    "region_code": _("Region"),
    "publications": _("Publications"),
    "texts": _("Texts"),
    "title": _("Title"),
    "abstract": _("Abstract"),
    "claims": _("Claims"),
    "description": _("Description"),
    "classifications": _("Classification"),
    "parties": _("Applicants, inventors, agents"),
    "applicants": _("Applicants"),
    "inventors": _("Inventors"),
    "holders": _("Holders"),
    "applicant": _("Applicants"),
    "inventor": _("Inventors"),
    "holder": _("Holders"),
    "agency": _("Agency"),
    "agent": _("Agent"),
    "priorities": _("Priority"),
    "citations": _("Citations"),
    "events": _("Legal events"),
    "media": _("Figures"),
    "first_publication_date": _("First publication"),
    "grant_date": _("Grant date"),
    "status": _("Legal status"),
    "expiry_date": _("End of term"),
}

_MEDIA: dict[str, str | Promise] = {
    "figure": _("Figure"),
    "view": pgettext_lazy("of a design", "View"),
    "abstract_figure": _("Figure of the abstract"),
    "drawings": _("Drawings"),
    "first_page": _("First page"),
    "document": _("Whole document"),
}

_FORMATS: dict[str, str | Promise] = {
    "cnipa-publication-xml": _("CNIPA publication (XML)"),
    "cnipa-efiled-body": _("Application text as filed online (XML)"),
    "cnipa-gazette-table": _("CNIPA gazette (table)"),
    "cnipa-gazette-page": _("CNIPA gazette (web page)"),
    "cn-design-events-table": _("Designs with legal events (table)"),
    "epo-ops": _("EPO Open Patent Services"),
    "epo-docdb-xml": _("EPO DOCDB (XML)"),
    "epo-full-text-xml": _("EPO full text (XML)"),
    "dpma-xml": _("DPMA (XML)"),
    "tw-tipo-xml": _("TIPO grants (XML)"),
    "global-dossier-json": _("Global Dossier"),
    "uspto-xml": _("USPTO full text (XML)"),
    "uspto-file-wrapper-xml": _("USPTO file wrapper (XML)"),
    "uspto-search-export": _("USPTO search export"),
    "uspto-assignments": _("USPTO assignments"),
    "uspto-open-data": _("USPTO Open Data Portal"),
    "uspto-prosecution-lines": _("USPTO prosecution history"),
    "baiten-search-answer": _("Baiten search answer"),
    "baiten-titles": _("Baiten list of titles"),
    "cnki-references": _("CNKI references"),
    "cnki-pages": _("CNKI pages (table)"),
    "cnipr-export": _("CNIPR export"),
    "wanfang-table": _("Wanfang export (table)"),
    "wanfang-list": _("Wanfang list"),
    "patsnap-export": _("PatSnap export"),
    "company-patent-list": _("Patent list of a company"),
    "espacenet-list": _("Espacenet list"),
    "lens-export": _("Lens export"),
    "patentscope-list": _("PATENTSCOPE list"),
    "thomson-innovation-export": _("Thomson Innovation export"),
    "google-patents-page": _("Google Patents (web page)"),
    "google-patents-list": _("Google Patents list"),
    "google-patents-crawl": _("Google Patents crawl"),
    "google-abstract-lines": _("Abstracts from Google Patents"),
    "google-citation-text": _("Citations from Google Patents"),
    "google-bigquery-lines": _("Google Patents Public Data (BigQuery)"),
    "printed-document-json": _("Printed document (JSON)"),
    "tagged-text": _("Tagged text"),
    "named-fields-xml": _("Named fields (XML)"),
    "cpc-sample-table": _("CPC sample (table)"),
    "ipc-subclass-table": _("Titles with IPC subclasses (table)"),
    "qiantang-synthetic": _("Invented demonstration data"),
    "pdf": _("PDF document"),
    "picture": _("Picture"),
}

_REGION_RULES: dict[str, str | Promise] = {
    "district": _("the district is named"),
    "short_name": _("the district is named in short"),
    "later_district": _("a district is named further on"),
    "township": _("by the township or street office"),
    "zone": _("by the development zone"),
    "postcode": _("by the postcode"),
    "city": _("only the city is named"),
    "province": _("only the province is named"),
    "latin": _("by names in Latin letters"),
    "country": _("by the country"),
    "none": _("nothing in the address is known"),
}

_RANKS: dict[int, str | Promise] = {
    1: _("Official full text"),
    2: _("Official gazette"),
    3: _("Office data service"),
    4: _("Vendor export"),
    5: _("Crawl"),
}

_STAGES: dict[str, str | Promise] = {
    "generating": _("Inventing the demonstration data"),
    "reading": _("Reading the files"),
    "sealing": _("Closing what was read"),
    "joining": _("Finding rows that speak of one patent"),
    "merging": _("Merging rows to patents"),
    "writing": _("Writing the records"),
    "indexing": _("Building the search index"),
}

_PARTY_RULES: dict[str, str | Promise] = {
    "": _("the name of the party itself"),
    "credit_code": _("same unified social credit code"),
    "standard_name": _("same name but for width, case, script or points"),
    "former_name": _("former name, as the source states"),
    "name_in_brackets": _("the name gives the other one in brackets"),
    "legal_form": _("same name in another legal form"),
    "spelling": _("same name spelled otherwise"),
    "cross_language": _("same party in another language"),
    "co_applicants": _("one entry that holds several applicants"),
    "part_of": _("part of the other"),
    "similar": _("similar names"),
    "by_hand": _("decided by a person"),
    "part": _("part"),
    "subsidiary": _("subsidiary"),
}
# Why a person is asked, before anybody has decided: what is only supposed is not said as if it were so.
_PARTY_PROPOSALS: dict[str, str | Promise] = {
    "cross_language": _("perhaps one party in two languages"),
    "legal_form": _("perhaps one party in two legal forms"),
    "spelling": _("perhaps one name in two spellings"),
    "similar": _("similar names"),
}

_NO_TERRITORY = "ZZ"  # CLDR has words for it, but it names no state

VOCABULARIES: Mapping[str, Mapping[str, str | Promise]] = MappingProxyType(
    {
        "status": {key: word for key, (word, _tone) in _STATUS.items()},
        "flag": _FLAGS,
        "type": _TYPES,
        "office": _OFFICES,
        "origin": _ORIGINS,
        "field": _FIELDS,
        "stage": _STAGES,
        "party_rule": _PARTY_RULES,
        "party_proposal": _PARTY_PROPOSALS,
        "rank": {str(rank): word for rank, word in _RANKS.items()},
        "region_rule": _REGION_RULES,
        "medium": _MEDIA,
        "format": _FORMATS,
    }
)


def word_for(vocabulary: str, key: str) -> str:
    """The word of a key in the reader's language; a key nobody knows stands for itself.

    vocabulary  ``status`` · ``flag`` · ``type`` · ``office`` · ``origin`` (of a citation) · ``field`` (of a record)
                · ``stage`` (of a load) · ``party_rule`` (why names are one party)
                · ``party_proposal`` (why they may be) · ``rank`` (of a source, 1 to 5) · ``region_rule`` (what told a region) · ``medium`` (figures and the like)
                · ``format`` (of a file)
    errors      KeyError for another vocabulary
    """
    word = VOCABULARIES[vocabulary].get(key)
    if word is None and vocabulary == "office":
        word = _territory(key)
    return str(word or key)


def _territory(code: str) -> str | None:
    """The state of an ST.3 code, which is its ISO 3166 code but for the organisations named above; source: CLDR."""
    locale = Locale("zh", script="Hans") if (get_language() or "zh").startswith("zh") else Locale("en")
    name: str | None = locale.territories.get(code)
    return None if code == _NO_TERRITORY else name


def tone_of(status: str) -> Tone:
    """The tone that goes with a legal status; plain where the right is over and done with, or the key unknown."""
    known = _STATUS.get(status)
    return known[1] if known else Tone.PLAIN
