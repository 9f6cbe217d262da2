"""Addresses of accounts."""

from __future__ import annotations

from django.urls import path

from qiantang.commons.accounts.views import SessionEnd, SessionStart

app_name = "accounts"
urlpatterns = [
    path("sign-in", SessionStart.as_view(), name="session-start"),
    path("sign-out", SessionEnd.as_view(), name="session-end"),
]
