"""Addresses of notices."""

from __future__ import annotations

from django.urls import path

from qiantang.commons.notices.views import inbox, settings

app_name = "notices"
urlpatterns = [
    path("inbox", inbox.inbox, name="inbox"),
    path("inbox/read", inbox.read_all, name="inbox-read"),
    path("inbox/<int:notice>/open", inbox.open_notice, name="notice-open"),
    path("inbox/<int:notice>/read", inbox.read_notice, name="notice-read"),
    path("inbox/settings", settings.mail, name="settings"),
    path("inbox/settings/confirm", settings.confirm, name="address-confirm"),
]
