"""Addresses of the indicators."""

from __future__ import annotations

from django.urls import path

from qiantang.corpus.measures.views import frozen, indicators

app_name = "measures"
urlpatterns = [
    path("indicators", indicators.indicator_list, name="indicators"),
    path("indicators/<str:id>", indicators.indicator_page, name="indicator"),
    path("indicators/<str:id>/records", indicators.indicator_records, name="indicator-records"),
    path("indicators/<str:id>/frozen", frozen.indicator_freeze, name="indicator-freeze"),
    path("frozen-values", frozen.frozen_list, name="frozen-list"),
    path("frozen-values/<int:number>", frozen.frozen_page, name="frozen-page"),
    path("indicators/<str:id>/series.csv", indicators.indicator_file, name="indicator-file"),
]
