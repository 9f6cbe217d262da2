"""Addresses under /ui/."""

from __future__ import annotations

from django.urls import path

from qiantang.commons.ui.demo import CASES
from qiantang.commons.ui.views import public

app_name = "ui"
urlpatterns = [
    path("gallery/", public.gallery, {"cases": CASES}, name="gallery-list"),
    path("reading-mode/", public.reading_mode_set, name="reading-mode-set"),
]
