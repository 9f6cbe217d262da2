"""What the search desk offers programs: search for everybody, and to a token what its person keeps here."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qiantang.commons.catalogue.api import ApiSection, Endpoint
from qiantang.scenarios.query.rest import exports, kept, saved, search
from qiantang.scenarios.query.rules import (
    DOSSIERS_READ,
    DOSSIERS_WRITE,
    EXPORTS_READ,
    EXPORTS_WRITE,
    LISTS_READ,
    LISTS_WRITE,
    QUERIES_READ,
    QUERIES_WRITE,
)

_SEARCH = (
    Endpoint(
        call=search.search_patents,
        path="search",
        answer=search.SearchPage,
        summary=_("Search patents"),
        detail=_(
            "A cursor goes on with the snapshot on which the list was begun, also when files were loaded since; where "
            "that is no longer possible the answer is 409 and says so."
        ),
        refuses=(409,),
        example="search?query=PN=CN199000001A&facets=CC,LS&limit=5",
    ),
    Endpoint(
        call=search.ask_patents,
        path="search",
        method="POST",
        answer=search.SearchPage,
        summary=_("Search patents, with the question in the body"),
        detail=_("For long queries, and for those that shall not stand in an address. It changes nothing."),
        refuses=(409,),
        example="search",
        body={"query": "TI=电池 AND AY=[2020 TO 2024]", "sort": "-AD", "limit": 5},
    ),
)
_SAVED = (
    Endpoint(
        call=saved.list_saved,
        path="saved-queries",
        answer=saved.SavedList,
        summary=_("Your saved queries"),
        scope=QUERIES_READ.key,
        example="saved-queries",
    ),
    Endpoint(
        call=saved.save_query,
        path="saved-queries",
        method="POST",
        status=201,
        answer=saved.Saved,
        summary=_("Save a query, with an alert where one is wanted"),
        scope=QUERIES_WRITE.key,
        refuses=(409,),
        example="saved-queries",
        body={"name": "电池热管理", "query": "TI=电池 AND IC=H01M", "watch": ["new", "status"]},
    ),
    Endpoint(
        call=saved.read_saved,
        path="saved-queries/{key}",
        answer=saved.Saved,
        summary=_("One of your saved queries"),
        scope=QUERIES_READ.key,
        example="saved-queries/1",
    ),
    Endpoint(
        call=saved.delete_saved,
        path="saved-queries/{key}",
        method="DELETE",
        status=204,
        answer=None,
        summary=_("Delete a saved query with what its alert found"),
        scope=QUERIES_WRITE.key,
        example="saved-queries/1",
    ),
    Endpoint(
        call=saved.list_changes,
        path="saved-queries/{key}/changes/{snapshot}",
        answer=saved.ChangedList,
        summary=_("What an alert found on a snapshot"),
        scope=QUERIES_READ.key,
        example="saved-queries/1/changes/1?kind=new",
    ),
)
_EXPORTS = (
    Endpoint(
        call=exports.list_exports,
        path="exports",
        answer=exports.Exports,
        summary=_("Your exports, newest first"),
        scope=EXPORTS_READ.key,
        example="exports",
    ),
    Endpoint(
        call=exports.request_export,
        path="exports",
        method="POST",
        status=201,
        answer=exports.ExportTold,
        summary=_("Ask for a result as a file, without a cap on rows"),
        detail=_("It is made as a job: ask for the export again until its state is `done`, then fetch `href`."),
        scope=EXPORTS_WRITE.key,
        refuses=(409,),
        example="exports",
        body={"query": "CC=CN", "format": "csv"},
    ),
    Endpoint(
        call=exports.read_export,
        path="exports/{key}",
        answer=exports.ExportTold,
        summary=_("One of your exports, and how far it is"),
        scope=EXPORTS_READ.key,
        example="exports/1",
    ),
    Endpoint(
        call=exports.fetch_export,
        path="exports/{key}/file",
        answer=None,
        media=tuple(exports.MEDIA.values()),
        summary=_("The file of an export"),
        detail=_("Fetching it is noted as a use of data."),
        scope=EXPORTS_READ.key,
        refuses=(409,),
        example="exports/1/file",
    ),
    Endpoint(
        call=exports.delete_export,
        path="exports/{key}",
        method="DELETE",
        status=204,
        answer=None,
        summary=_("Delete an export with its file; one that is under way is stopped"),
        scope=EXPORTS_WRITE.key,
        example="exports/1",
    ),
)
_KEPT = (
    Endpoint(
        call=kept.list_number_lists,
        path="number-lists",
        answer=kept.NumberLists,
        summary=_("Your number lists"),
        scope=LISTS_READ.key,
        example="number-lists",
    ),
    Endpoint(
        call=kept.make_number_list,
        path="number-lists",
        method="POST",
        status=201,
        answer=kept.NumberListTold,
        summary=_("Have a list of numbers looked up"),
        scope=LISTS_WRITE.key,
        example="number-lists",
        body={"name": "对比文件", "numbers": ["CN199000001A", "ZL201710601862.3"]},
    ),
    Endpoint(
        call=kept.list_lines,
        path="number-lists/{key}/lines",
        answer=kept.NumberLines,
        summary=_("What became of each number of a list"),
        scope=LISTS_READ.key,
        example="number-lists/1/lines?verdict=found",
    ),
    Endpoint(
        call=kept.delete_number_list,
        path="number-lists/{key}",
        method="DELETE",
        status=204,
        answer=None,
        summary=_("Delete a number list"),
        scope=LISTS_WRITE.key,
        example="number-lists/1",
    ),
    Endpoint(
        call=kept.list_dossiers,
        path="dossiers",
        answer=kept.Dossiers,
        summary=_("The dossiers that are open to you"),
        scope=DOSSIERS_READ.key,
        example="dossiers",
    ),
    Endpoint(
        call=kept.list_dossier_patents,
        path="dossiers/{key}/patents",
        answer=kept.DossierEntries,
        summary=_("The patents of a dossier, with ratings and tags"),
        scope=DOSSIERS_READ.key,
        example="dossiers/1/patents?order=rating",
    ),
    Endpoint(
        call=kept.add_dossier_patents,
        path="dossiers/{key}/patents",
        method="POST",
        answer=kept.Added,
        summary=_("Put patents into a dossier"),
        detail=_("What is in it already, or not on record, is left out."),
        scope=DOSSIERS_WRITE.key,
        example="dossiers/1/patents",
        body={"patent_ids": ["CN201710601862"]},
    ),
)
SECTION = ApiSection(
    key="query",
    name=_("Search, and what you keep"),
    summary=_("The same search as on the page, with exact counts; saved queries, exports, number lists and dossiers."),
    order=20,
    endpoints=_SEARCH + _SAVED + _EXPORTS + _KEPT,
)
