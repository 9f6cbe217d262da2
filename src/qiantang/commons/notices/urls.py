"""Addresses of notices."""

from __future__ import annotations

from django.urls import path

from qiantang.commons.notices.views import inbox, office, settings, shared, texts

app_name = "notices"
urlpatterns = [
    path("inbox", inbox.inbox, name="inbox"),
    path("inbox/read", inbox.read_all, name="inbox-read"),
    path("inbox/<int:notice>/open", inbox.open_notice, name="notice-open"),
    path("inbox/<int:notice>/read", inbox.read_notice, name="notice-read"),
    path("inbox/organisations/<int:organisation>", shared.organisation_inbox, name="organisation-inbox"),
    path("inbox/texts", texts.texts, name="texts"),
    path("inbox/texts/confirm", texts.confirm_number, name="number-confirm"),
    path("inbox/rhythm", texts.rhythm, name="rhythm"),
    path("notices/templates", office.template_list, name="template-list"),
    path("notices/templates/<str:code>", office.template_show, name="template-show"),
    path("notices/messages", office.dispatch_list, name="dispatch-list"),
    path("notices/messages/<int:dispatch>/replay", office.dispatch_replay, name="dispatch-replay"),
    path("inbox/settings", settings.mail, name="settings"),
    path("inbox/settings/confirm", settings.confirm, name="address-confirm"),
]
