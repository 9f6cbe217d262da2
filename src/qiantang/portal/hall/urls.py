"""Addresses of the hall: the first page, and services."""

from __future__ import annotations

from django.urls import path

from qiantang.portal.hall.views import catalogue, public

app_name = "hall"
urlpatterns = [
    path("", public.home, name="home-show"),
    path("services", catalogue.service_list, name="service-list"),
    path("services/guide", catalogue.guide_show, name="guide-show"),
    path("services/check", catalogue.catalogue_check, name="catalogue-check"),
    path("services/<str:code>", catalogue.service_show, name="service-show"),
]
