"""Addresses of accounts."""

from __future__ import annotations

from django.urls import path

from qiantang.commons.accounts.views import (
    data_use,
    organisations,
    passkeys,
    providers,
    reading,
    security,
    sessions,
    tokens,
)
from qiantang.commons.accounts.views.sessions import SessionEnd, SessionStart

app_name = "accounts"
urlpatterns = [
    path("sign-in", SessionStart.as_view(), name="session-start"),
    path("sign-in/code", sessions.session_code, name="session-code"),
    path("sign-in/recover", sessions.account_recover, name="account-recover"),
    path("step-up", sessions.step_up, name="step-up"),
    path("my-security", security.my_security, name="my-security"),
    path("my-security/app", security.factor_begin, name="factor-begin"),
    path("my-security/app/confirm", security.factor_confirm, name="factor-confirm"),
    path("my-security/app/remove", security.factor_remove, name="factor-remove"),
    path("my-security/recovery-codes", security.recovery_make, name="recovery-make"),
    path("my-security/sessions/<int:session>/end", security.session_revoke, name="session-revoke"),
    path("my-security/passkeys/begin", passkeys.passkey_begin, name="passkey-begin"),
    path("my-security/passkeys", passkeys.passkey_add, name="passkey-add"),
    path("my-security/passkeys/<int:key>/rename", passkeys.passkey_rename, name="passkey-rename"),
    path("my-security/passkeys/<int:key>/remove", passkeys.passkey_revoke, name="passkey-revoke"),
    path("sign-in/passkey/begin", passkeys.passkey_ask, name="passkey-ask"),
    path("sign-in/passkey", passkeys.passkey_use, name="passkey-use"),
    path("sign-in/with/<slug:name>", providers.provider_begin, name="provider-begin"),
    path("sign-in/with/<slug:name>/answer", providers.provider_answered, name="provider-answered"),
    path("my-security/identities/<int:key>/remove", providers.identity_remove, name="identity-remove"),
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
    path("reading-mode", reading.reading_mode_set, name="reading-mode-set"),
    path("my-data", data_use.my_data, name="my-data"),
]
