"""Addresses of the search desk."""

from django.urls import path

from qiantang.scenarios.query.views import builder, public

app_name = "query"
urlpatterns = [
    path("search", public.search_results, name="search-results"),
    path("search/build", builder.build_query, name="build-query"),
]
