"""Addresses of the search desk."""

from django.urls import path

from qiantang.scenarios.query.views import builder, choosing, exports, guided, history, number_lists, public, saved

app_name = "query"
urlpatterns = [
    path("search", public.search_results, name="search-results"),
    path("search/values", choosing.facet_values, name="facet-values"),
    path("search/build", builder.build_query, name="build-query"),
    path("search/guided", guided.guided_search, name="guided-search"),
    path("search/history", history.search_history, name="search-history"),
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
