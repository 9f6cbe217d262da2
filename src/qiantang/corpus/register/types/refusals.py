"""What people read where the register, its engines, or the reading of a number says no."""

from __future__ import annotations

# code -> (sentence, next step)
REFUSALS = {
    "register.empty": (
        "Nothing is loaded yet.",
        "Come back when the first patent files are in; an operator loads them on the import page.",
    ),
    "register.number_unknown": (
        "No patent on record has the number “%(given)s”.",
        "Check the number, or look on the coverage page whether its office and year are loaded.",
    ),
    "register.claim_unknown": (
        "%(patent)s has no claim %(given)s on record.",
        "Choose one of the claims on the page of the patent.",
    ),
    "textmodel.failed": (
        "The language model cannot be used on this machine; searches go by words alone.",
        "Tell the operator of the platform.",
    ),
    "similarity.missing": (
        "Patents have not been placed by their meaning yet.",
        "Try again in a few minutes; until then the search goes by words.",
    ),
    "similarity.failed": (
        "The search by meaning could not answer.",
        "Try again; if it stays so, tell the operator of the platform.",
    ),
    "similarity.writer_busy": (
        "The places of patents by meaning are being written by somebody else.",
        "Try again when that has finished.",
    ),
    "similarity.write_failed": (
        "The places of patents by meaning could not be written.",
        "Tell the operator of the platform; the disk may be full.",
    ),
    "register.snapshot_unknown": ("There is no snapshot %(snapshot)s.", "Choose one of the snapshots that are listed."),
    "register.manifest_unreadable": (
        "The description of snapshot %(snapshot)s cannot be read.",
        "Tell the operator of the platform; the loaded files themselves are not touched.",
    ),
    "register.schema_other": (
        "Snapshot %(snapshot)s was written in form %(given)s of the register; this version of the platform reads form %(expected)s.",
        "Load the source files into an empty home with this version, or go back to the version that wrote the snapshot.",
    ),
    "register.export_folder": (
        "The folder %(folder)s holds something other than this export.",
        "Choose an empty folder, or the one in which an export of the same snapshot was begun.",
    ),
    "register.dump_unknown": ("There is no file %(given)s among the dumps.", "Choose one of those that are listed."),
    "register.dump_withdrawn": (
        "The dump %(given)s was made before something was removed on lawful request and is no longer given out.",
        "Take a newer one, or ask the operator of the platform to export again.",
    ),
    "register.load_running": ("Another import is running.", "Try again when it has finished."),
    "number.check_digit": (
        "The check digit of %(number)s is %(given)s; by the rule it must be %(expected)s.",
        "Check the number against its source; with the right digit it is %(stem)s.%(expected)s.",
    ),
    "number.unrecognised": (
        "“%(given)s” is not a patent number that we can read.",
        "Write the number with its country code, as in CN110083831A or US10123456B2.",
    ),
    "number.damaged": (
        "A spreadsheet or a wrong encoding has changed the number “%(given)s”.",
        "Take the number from its source again.",
    ),
    "number.kind_unrecognised": (
        "“%(given)s” is not a kind code.",
        "A kind code is a letter and at most one digit, as in A, B1 or U.",
    ),
    "query.syntax": (
        "The query cannot be read.",
        "Correct it at the place that is named; the search page shows how queries are written.",
    ),
    "query.sort_unknown": (
        "Results cannot be put in the order “%(given)s”.",
        "Choose one of the orders of the search page.",
    ),
    "query.snapshot_moved": (
        "This list was begun on snapshot %(began)s; the collection stands at snapshot %(snapshot)s by now.",
        "Begin with the first page; whoever needs everything of one snapshot takes an export.",
    ),
    "query.same_field": (
        "A table of two fields needs two different ones.",
        "Choose another field for the rows or for the columns.",
    ),
    "query.too_many_to_rank": (
        "%(total)s patents are too many for this order; the bound is %(limit)s.",
        "Narrow the query, or choose another order.",
    ),
    "query.too_many_to_attest": (
        "%(total)s patents are too many for one statement; the bound is %(limit)s.",
        "Narrow the query.",
    ),
    "query.facet_unknown": (
        "Results cannot be counted by a field that was asked for.",
        "Choose among the fields that the search page counts.",
    ),
    "search.index_missing": (
        "The records are loaded, but the search index has not been built yet.",
        "Try again in a few minutes; if it stays so, tell the operator of the platform.",
    ),
    "search.index_stale": (
        "The search index was made by another version of the platform and must be built again.",
        "Try again later, or tell the operator of the platform.",
    ),
    "search.edition_gone": (
        "The search index has changed since this list was begun.",
        "Begin with the first page.",
    ),
    "search.index_foreign": (
        "The index %(name)s of the search cluster belongs to another installation.",
        "Tell the operator of the platform: another name at the end of QIANTANG_SEARCH_URL keeps the two apart.",
    ),
    "search.unreachable": (
        "The search cluster does not answer, or does not let us in.",
        "Try again in a few minutes; if it stays so, tell the operator of the platform.",
    ),
    "search.writer_busy": ("The search index is being written by somebody else.", "Try again when that has finished."),
    "search.write_failed": (
        "The search index could not be written.",
        "Tell the operator of the platform; the disk may be full.",
    ),
    "search.failed": (
        "The search engine could not answer.",
        "Try again; if it stays so, tell the operator of the platform.",
    ),
    "search.too_many_to_group": (
        "%(total)s patents are too many to be put into families at once; the bound is %(limit)s.",
        "Narrow the query, or look at the patents one by one.",
    ),
    "search.too_many_words": (
        "A part of the query stands for more words than can be looked at, so there is no answer rather than a part of one.",
        "Write more letters before the wildcard, or make a term of a single Chinese character longer.",
    ),
    "lake.layer_unreadable": (
        "A part of the register cannot be read.",
        "Tell the operator of the platform; nothing is shown rather than something wrong.",
    ),
    "lake.cubes_behind": (
        "The counts are being brought up to the newest load, and old ones are not shown in their place.",
        "Try again in a few minutes; if it stays so, tell the operator of the platform.",
    ),
}
