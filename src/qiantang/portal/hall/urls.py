"""The first address of the platform."""

from __future__ import annotations

from django.urls import path

from qiantang.portal.hall.views import public

app_name = "hall"
urlpatterns = [path("", public.home, name="home-show")]
