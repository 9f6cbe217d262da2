"""Addresses of the import desk."""

from django.urls import path

from qiantang.corpus.ingest.views import mappings, open_data, staff

app_name = "ingest"
urlpatterns = [
    path("import", staff.import_list, name="import-list"),
    path("import/open-data", open_data.open_data_list, name="open-data-list"),
    path("import/open-data/<str:dump>/<str:file>", open_data.open_data_file, name="open-data-file"),
    path("import/<int:run_id>", staff.import_detail, name="import-detail"),
    path("import/<int:run_id>/mapping", mappings.mapping_form, name="mapping-form"),
    path("import/mappings", mappings.mapping_list, name="mapping-list"),
    path("import/mappings/<slug:name>/<int:version>.toml", mappings.mapping_download, name="mapping-download"),
    path("import/<int:run_id>/refused.csv", staff.refused_download, name="refused-download"),
]
