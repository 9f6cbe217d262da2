"""Each reason of a refusal in a sentence with a next step, and without its particulars for counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from qiantang.corpus.ingest.types import REFUSALS
from qiantang.corpus.register.types import REFUSALS as REGISTER_REFUSALS

if TYPE_CHECKING:
    from collections.abc import Mapping

Word = str | Promise

# code of a refusal -> what is wrong (facts by name), what to do next; codes with a dot are told in REFUSALS
_SENTENCES: Mapping[str, tuple[Word, Word]] = {
    "amendment_only": (__("The paper only says what it amends: %(said)s."), __("Load the paper with the whole text.")),
    "annotations_only": (
        __("The file holds marks on a text (entities, relations), no patent record."),
        __("Keep it beside the texts it belongs to; there is nothing to load."),
    ),
    "archive_bomb": (
        __("The archive unpacks to more than is allowed."),
        __("Unpack it yourself, check it, and load the files."),
    ),
    "archive_damaged": (__("The archive is damaged."), __("Get the file again from its source.")),
    "archive_encrypted": (__("The archive is locked with a password."), __("Unpack it and load the files.")),
    "archive_truncated": (__("The file ends too early: it was cut off."), __("Get the file again from its source.")),
    "check_digit_wrong": (
        __("The check digit of %(number)s is %(given)s; by the rule it must be %(expected)s."),
        __("Correct the number in the source."),
    ),
    "citation_counts_only": (
        __("The file says only how often patents are cited, not by which; a count is no citation."),
        __("Load a file that names the citing documents."),
    ),
    "citation_missing": (
        __("The row does not name the document that is cited."),
        __("Get it from the office action itself."),
    ),
    "classification_no_records": (
        __("The file describes a classification, not patents."),
        __("Load the documents that carry its symbols."),
    ),
    "columns_disagree": (
        __("The columns do not hold what their headers say: %(columns)s."),
        __("Put the headers over the right columns and load again."),
    ),
    "columns_missing": (
        __("Columns are missing: %(missing)s. Columns that stand there twice: %(twice)s."),
        __("Correct the headers, or load the table with a mapping."),
    ),
    "date_impossible": (__("There is no such day: %(value)s."), __("Correct the date in the source.")),
    "date_missing": (__("The date is missing."), __("Add the date in the source.")),
    "date_unrecognised": (
        __("This cannot be read as a date: %(value)s."),
        __("Write the date year first, or name its form in the mapping."),
    ),
    "dates_out_of_order": (
        __("The dates cannot be right: published before it was filed."),
        __("Check both dates in the source."),
    ),
    "dictionary_no_records": (__("The file explains codes or columns and holds no patents."), __("Nothing to load.")),
    "document_kind_unknown": (
        __("No known kind of paper: %(value)s."),
        __("Load claims, an abstract or a description."),
    ),
    "document_too_long": (
        __("The document that begins on line %(line)s is longer than a document can be."),
        __("Check whether its end was lost."),
    ),
    "document_not_found": (
        __("The service had no such document."),
        __("Check the number that was asked for."),
    ),
    "document_truncated": (
        __("The last document ends too early, at line %(line)s: it was cut off."),
        __("Get the file again from its source."),
    ),
    "encoding_damaged": (
        __("Some characters of this row cannot be read."),
        __("Save the file again as UTF-8 or GB18030."),
    ),
    "encoding_unknown": (__("The characters of this file cannot be read."), __("Save the file as UTF-8 or GB18030.")),
    "file_damaged": (__("The file is damaged."), __("Get the file again from its source.")),
    "file_too_large": (__("The file is larger than is allowed."), __("Split the file.")),
    "file_truncated": (__("The file ends too early: it was cut off."), __("Get the file again from its source.")),
    "format_unknown": (
        __("No known format: the content fits none of the readers."),
        __("For a table, load it with a mapping."),
    ),
    "header_missing": (
        __("The table has no row %(header_row)s, where its headers should stand."),
        __("Check the file, or name the row of the headers in the mapping."),
    ),
    "json_damaged": (
        __("The JSON is damaged at line %(line)s, column %(column)s."),
        __("Get the file again from its source."),
    ),
    "header_repeated": (
        __("The line of the headers stands here again."),
        __("Nothing is lost; the line can be deleted."),
    ),
    "judgments_only": (
        __("The file holds court judgments, no patent record."),
        __("There is nothing to load into the register."),
    ),
    "line_too_long": (__("One line is longer than a row can be."), __("Check whether line ends were lost.")),
    "mentions_no_records": (
        __("The table tells persons apart and says nothing of a patent."),
        __("Load the patents from the office."),
    ),
    "no_patents": (
        __("The file holds no patents, but %(holds)s."),
        __("Leave it out; nothing in it belongs in the register."),
    ),
    "number_damaged": (
        __("A spreadsheet has destroyed the number: %(value)s."),
        __("Get the number from the original file and keep the column as text."),
    ),
    "number_kind_unrecognised": (__("This is not a kind code: %(value)s."), __("Correct the kind in the source.")),
    "number_missing": (__("The row has no patent number."), __("Add the number in the source.")),
    "number_pairs_only": (
        __("The file pairs patent numbers with each other and says nothing of the patents themselves."),
        __("Load the patents from a source that describes them."),
    ),
    "number_unrecognised": (__("This is not a patent number: %(value)s."), __("Correct the number in the source.")),
    "numbers_alone": (
        __("The file holds publication numbers and nothing about them."),
        __("Load the documents that the numbers name."),
    ),
    "page_too_deep": (
        __("The page has more elements inside each other than a page can have."),
        __("Save the page again from its source."),
    ),
    "path_without_number": (
        __("The application number stands neither in the document nor in its path."),
        __("Load the folder whose name is the application number, as the office delivers it."),
    ),
    "pdf_unread": (
        __("A PDF is made for the eye: its text does not say which part is which."),
        __("Get the same document as XML from the office, or as a table from a database, and load that."),
    ),
    "picture_alone": (
        __("A picture is no patent record."),
        __("Nothing to do: the document that the drawing belongs to names it."),
    ),
    "places_only": (
        __("The file holds cities and their codes, no patent record."),
        __("There is nothing to load into the register."),
    ),
    "prose_only": (
        __("The file is running text, no record of a patent."),
        __("Read it; there is nothing to load."),
    ),
    "publication_not_said": (
        __("These are texts of an application as filed; nobody has said that it is published."),
        __(
            "Load them again and say that the applications have been published; texts of unpublished ones stay outside."
        ),
    ),
    "quote_unclosed": (
        __("A quotation mark opens here and is not closed in the same row."),
        __("Close it, or write it twice where it is part of the text."),
    ),
    "real_in_synthetic_home": (
        __("This home holds the synthetic demo city; real files do not belong here."),
        __("Load real files into a home of their own."),
    ),
    "reference_unread": (
        __("This is not a reference in the form of GB/T 7714."),
        __("Correct it: [1]inventors. title[P]. region: number,date."),
    ),
    "retrieval_task_no_records": (
        __("The file is a search task, not a patent record."),
        __("Load the documents of the task; the task itself belongs to search tests."),
    ),
    "row_too_wide": (
        __("The row has %(given)s columns instead of %(expected)s."),
        __("Put quotation marks around values that hold the separator."),
    ),
    "row_truncated": (
        __("The row has %(given)s columns instead of %(expected)s."),
        __("Complete the row in the source."),
    ),
    "service_fault": (
        __("The service answered with an error (%(status)s): %(said)s."),
        __("Ask the service again, and load its new answer."),
    ),
    "sheet_missing": (
        __("The workbook has no such sheet; it has: %(sheets)s."),
        __("Name one of its sheets in the mapping."),
    ),
    "sheet_too_large": (
        __("A sheet reaches over %(rows)s rows and %(columns)s columns, more than can be laid out."),
        __("Delete what stands far away from the table, or split it."),
    ),
    "statistics_only": (
        __("The file holds statistics: counts and sums, no patent record."),
        __("Load the records that were counted, if you have them."),
    ),
    "symbols_only": (
        __("The file is a list of classification symbols, no patent record."),
        __("There is nothing to load into the register."),
    ),
    "suppressed": (
        __("This patent was removed on lawful request."),
        __("There is nothing to do: it is not taken in again."),
    ),
    "synthetic_in_real_home": (
        __("This home holds real files; synthetic ones do not belong here."),
        __("Use a home of its own for the demo city."),
    ),
    "synthetic_schema": (
        __("The file says it is of the demo city, but its columns are not."),
        __("Generate the demo city again."),
    ),
    "synthetic_version": (
        __("The file was made by another version of the demo city's generator."),
        __("Generate the demo city again."),
    ),
    "table_reduced": (
        __("The table holds classes instead of values: %(columns)s."),
        __("Load the table it was reduced from."),
    ),
    "table_unknown": (
        __("A table of no known form. Nearest come, with the columns that were not found: %(nearest)s."),
        __("Load it with a mapping."),
    ),
    "text_missing": (__("The paper holds no text."), __("Get the paper again from its source.")),
    "treebank_no_records": (
        __("The file holds sentences with their grammar, not patent records."),
        __("Nothing to load: the patents it quotes are found under their numbers."),
    ),
    "texts_without_numbers": (
        __("The file holds titles and abstracts without any patent number, so that nothing can be joined to a patent."),
        __("Get the file with its numbers from the source."),
    ),
    "workbook_damaged": (__("The workbook cannot be opened."), __("Save it again as XLSX or CSV.")),
    "xml_entity": (
        __("The document declares entities, which are never expanded here."),
        __("Get the document without a document type declaration of its own."),
    ),
    "xml_namespace_undeclared": (
        __(
            "The element at line %(line)s was cut out of its file: what the prefixes of its names mean is declared nowhere."
        ),
        __("Load the whole file from which it was cut."),
    ),
    "xml_not_well_formed": (
        __("The XML is not well formed at line %(line)s, column %(column)s."),
        __("Get the file again from its source."),
    ),
    "xml_too_deep": (
        __("The XML has more elements inside each other than a document can have."),
        __("Get the file again from its source."),
    ),
}
# a reason without its particulars, for counts of rows and for the findings on an upload
_KINDS: Mapping[str, Word] = {
    "amendment_only": __("amendment without the text"),
    "archive_bomb": __("unpacks to too much"),
    "archive_damaged": __("archive damaged"),
    "archive_encrypted": __("locked with a password"),
    "archive_path_unsafe": __("names files outside its own folder"),
    "archive_truncated": __("cut off"),
    "changed_on_disk": __("changed while it was stored"),
    "check_digit_wrong": __("wrong check digit"),
    "citation_missing": __("cited document not named"),
    "date_impossible": __("impossible date"),
    "date_missing": __("date missing"),
    "date_unrecognised": __("unreadable date"),
    "dates_out_of_order": __("dates out of order"),
    "document_encrypted": __("locked with a password"),
    "document_kind_unknown": __("unknown kind of paper"),
    "document_not_found": __("not found by the service"),
    "document_too_long": __("document too long"),
    "document_truncated": __("cut off"),
    "empty": __("empty"),
    "encoding_damaged": __("unreadable characters"),
    "encoding_unknown": __("unreadable characters"),
    "ending_disagrees": __("the ending of its name promises something else than it holds"),
    "header_repeated": __("header line repeated"),
    "line_too_long": __("line too long"),
    "macros": __("holds macros"),
    "no_patents": __("holds no patents"),
    "number_damaged": __("number destroyed by a spreadsheet"),
    "number_kind_unrecognised": __("not a kind code"),
    "number_missing": __("number missing"),
    "number_unrecognised": __("not a patent number"),
    "path_without_number": __("number missing"),
    "quote_unclosed": __("quotation mark not closed"),
    "reference_unread": __("not a reference in the form of GB/T 7714"),
    "row_too_wide": __("too many columns"),
    "row_truncated": __("row cut off"),
    "scanner_unavailable": __("the virus scanner does not answer"),
    "text_missing": __("no text"),
    "service_fault": __("error of the service"),
    "suppressed": __("removed on lawful request"),
    "too_large": __("too large"),
    "type_unknown": __("no kind of file that is taken here"),
    "virus": __("the virus scanner found something"),
    "xml_entity": __("entities declared"),
    "xml_namespace_undeclared": __("cut out of its file"),
    "xml_not_well_formed": __("XML not well formed"),
    "xml_too_deep": __("XML too deep"),
}


# what a file holds that holds no patents
_HOLDINGS: Mapping[str, Word] = {
    "classification_scheme": __("a classification scheme"),
    "classification_statistics": __("statistics of a classification"),
    "concordance": __("a concordance of classifications"),
    "delivery_statistics": __("statistics of a delivery"),
    "event_codes": __("a list of legal event codes"),
    "file_wrapper": __("a list of documents that names no patent"),
    "trade_mark": __("a trade mark"),
}


class _Told(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "?"


def _words(name: str, value: object) -> object:
    """A fact as people read it."""
    if name == "holds":
        return _HOLDINGS[str(value)]
    if isinstance(value, dict):
        return "; ".join(f"{key} ({_words(name, part)})" for key, part in value.items()) or _("none")
    if isinstance(value, list | tuple):
        return ", ".join(kind_of(str(one)) if name == "findings" else str(one) for one in value) or _("none")
    return value


def _said(code: str, place: int, facts: Mapping[str, object]) -> str | None:
    """The sentence (0) or the next step (1) of a code; None where nobody wrote one."""
    own, dotted = _SENTENCES.get(code), {**REGISTER_REFUSALS, **REFUSALS}.get(code)
    if own is not None:
        text = str(own[place])
    elif dotted is not None:
        text = _(dotted[place])
    else:
        return None
    return text % _Told({name: _words(name, value) for name, value in facts.items()})


def sentence(code: str, facts: Mapping[str, object]) -> str:
    """The reason in the reader's language; an unknown code stands for itself with its facts."""
    said = _said(code, 0, facts)
    if said is not None:
        return said
    told = "; ".join(f"{name}: {_words(name, value)}" for name, value in facts.items())
    return f"{code} ({told})" if told else code


def next_step(code: str, facts: Mapping[str, object]) -> str:
    return _said(code, 1, facts) or _("Check the row in the source.")


def refusal_words(code: str, facts: Mapping[str, object]) -> tuple[str, str]:
    """Why a row or a file was refused, and what to do, in the reader's language."""
    return sentence(code, facts), next_step(code, facts)


def kind_of(code: str) -> str:
    """A reason without its particulars."""
    return str(_KINDS.get(code, code))
