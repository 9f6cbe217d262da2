"""Addresses of accounts."""

from __future__ import annotations

from django.urls import path

from qiantang.commons.accounts.views import data_use, organisations, tokens
from qiantang.commons.accounts.views.sessions import SessionEnd, SessionStart

app_name = "accounts"
urlpatterns = [
    path("sign-in", SessionStart.as_view(), name="session-start"),
    path("sign-out", SessionEnd.as_view(), name="session-end"),
    path("data-use", data_use.data_use, name="data-use"),
    path("data-use/receipts/<int:use>.json", data_use.receipt, name="data-use-receipt"),
    path("my-tokens", tokens.my_tokens, name="my-tokens"),
    path("my-tokens/<slug:key>/revoke", tokens.token_revoke, name="token-revoke"),
    path("my-tokens/<slug:key>/forget", tokens.token_forget, name="token-forget"),
    path("my-organisations", organisations.my_organisations, name="my-organisations"),
    path("my-organisations/act-for", organisations.act_for, name="act-for"),
    path("my-organisations/<int:mandate>/settle", organisations.mandate_settle, name="mandate-settle"),
    path("my-organisations/<int:mandate>/end", organisations.mandate_end, name="mandate-end"),
    path("my-data", data_use.my_data, name="my-data"),
]
