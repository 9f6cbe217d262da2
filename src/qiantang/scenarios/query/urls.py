"""Addresses of the search desk."""

from django.urls import path

from qiantang.scenarios.query.views import (
    builder,
    choosing,
    dossier_adding,
    dossier_entries,
    dossier_sharing,
    dossiers,
    exports,
    free_to_use,
    guided,
    history,
    number_lists,
    permalinks,
    public,
    reading,
    saved,
    similar,
    statistics,
)

app_name = "query"
urlpatterns = [
    path("search", public.search_results, name="search-results"),
    path("search/values", choosing.facet_values, name="facet-values"),
    path("search/read/<path:number>", reading.read_patent, name="read-patent"),
    path("search/statistics", statistics.result_statistics, name="result-statistics"),
    path("search/statistics.csv", statistics.statistics_file, name="statistics-file"),
    path("search/permalink", permalinks.permalink, name="permalink"),
    path("search/permalink/new", permalinks.permalink_new, name="permalink-new"),
    path("search/permalink/list", permalinks.permalink_list, name="permalink-list"),
    path("search/permalink/statement", permalinks.permalink_statement, name="permalink-statement"),
    path("search/build", builder.build_query, name="build-query"),
    path("search/guided", guided.guided_search, name="guided-search"),
    path("search/history", history.search_history, name="search-history"),
    path("similar", similar.similar_patents, name="similar"),
    path("similar/elsewhere", similar.similar_elsewhere, name="similar-elsewhere"),
    path("similar/to/<path:patent_id>", similar.similar_to_patent, name="similar-to"),
]
urlpatterns += [
    path("search/saved", saved.saved_list, name="saved-list"),
    path("search/saved/new", saved.saved_new, name="saved-new"),
    path("search/saved/copy.json", saved.saved_copy, name="saved-copy"),
    path("search/saved/<int:key>", saved.saved_edit, name="saved-edit"),
    path("search/saved/<int:key>/delete", saved.saved_delete, name="saved-delete"),
    path("search/saved/<int:key>/changes/<int:snapshot>", saved.saved_changes, name="saved-changes"),
]
urlpatterns += [
    path("search/lists", number_lists.list_index, name="list-index"),
    path("search/lists/<int:key>", number_lists.list_report, name="list-report"),
    path("search/lists/<int:key>/report.csv", number_lists.list_csv, name="list-csv"),
    path("search/lists/<int:key>/check", number_lists.list_check, name="list-check"),
    path("search/lists/<int:key>/delete", number_lists.list_delete, name="list-delete"),
]
urlpatterns += [
    path("search/export", exports.export_new, name="export-new"),
    path("exports", exports.export_list, name="export-list"),
    path("exports/<int:key>", exports.export_detail, name="export-detail"),
    path("exports/<int:key>/file", exports.export_file, name="export-file"),
    path("exports/<int:key>/cancel", exports.export_cancel, name="export-cancel"),
    path("exports/<int:key>/delete", exports.export_delete, name="export-delete"),
]
urlpatterns += [
    path("dossiers", dossiers.dossier_index, name="dossier-index"),
    path("dossiers/add", dossier_adding.dossier_add, name="dossier-add"),
    path("dossiers/add/<str:patent_id>", dossier_adding.dossier_add_patent, name="dossier-add-patent"),
    path("dossiers/copy.json", dossiers.dossier_copy, name="dossier-copy"),
    path("dossiers/shared/<str:token>", dossier_sharing.dossier_shared, name="dossier-shared"),
    path("dossiers/<int:key>", dossiers.dossier_page, name="dossier-page"),
    path("dossiers/<int:key>/edit", dossiers.dossier_edit, name="dossier-edit"),
    path("dossiers/<int:key>/delete", dossiers.dossier_delete, name="dossier-delete"),
    path("dossiers/<int:key>/history", dossiers.dossier_history, name="dossier-history"),
    path("dossiers/<int:key>/numbers.csv", dossiers.dossier_numbers, name="dossier-numbers"),
    path("dossiers/<int:key>/changes/<int:snapshot>", dossiers.dossier_changes, name="dossier-changes"),
    path("dossiers/<int:key>/share", dossier_sharing.dossier_share, name="dossier-share"),
    path("dossiers/<int:key>/share/<int:share>/end", dossier_sharing.dossier_unshare, name="dossier-unshare"),
    path("dossiers/<int:key>/links", dossier_sharing.dossier_link, name="dossier-link"),
    path("dossiers/<int:key>/links/<int:link>/revoke", dossier_sharing.dossier_revoke, name="dossier-revoke"),
    path("dossiers/<int:key>/patents/<int:entry>", dossier_entries.entry_page, name="dossier-entry"),
    path("dossiers/<int:key>/patents/<int:entry>/move", dossier_entries.entry_move, name="dossier-move"),
    path("dossiers/<int:key>/patents/<int:entry>/remove", dossier_entries.entry_remove, name="dossier-remove"),
    path("dossiers/<int:key>/patents/<int:entry>/comment", dossier_entries.entry_comment, name="dossier-comment"),
    path(
        "dossiers/<int:key>/patents/<int:entry>/comments/<int:comment>/delete",
        dossier_entries.comment_delete,
        name="dossier-comment-delete",
    ),
]
urlpatterns += [path("free-to-use", free_to_use.free_list, name="free-list")]
