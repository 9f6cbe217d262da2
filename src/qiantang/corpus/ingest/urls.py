"""Addresses of the import desk."""

from django.urls import path

from qiantang.corpus.ingest.views import staff

app_name = "ingest"
urlpatterns = [
    path("import", staff.import_list, name="import-list"),
    path("import/<int:run_id>", staff.import_detail, name="import-detail"),
    path("import/<int:run_id>/refused.csv", staff.refused_download, name="refused-download"),
]
