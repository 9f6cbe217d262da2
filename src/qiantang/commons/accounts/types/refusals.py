"""What accounts refuse, as data."""

from __future__ import annotations

# code -> (sentence, next step)
REFUSALS = {
    "accounts.security_sign_in_first": ("How your account is kept safe is shown when you are signed in.", "Sign in."),
    "accounts.second_factor_there": ("A second factor is in force already.", "Take it away first."),
    "accounts.second_factor_missing": ("There is no second factor to do this with.", "Begin anew on this page."),
    "accounts.code_wrong": (
        "This code is not right, or was used already.",
        "Wait for the next code of the app, check the clock of the phone, or take a recovery code.",
    ),
    "accounts.step_up_wrong": (
        "Password or code is not right.",
        "Enter the password with which you sign in, and the code that the app shows now.",
    ),
    "accounts.recovery_wrong": (
        "User name and recovery code do not belong together, or the code was used already.",
        "Take another of your recovery codes, or ask an operator for a new password.",
    ),
    "accounts.passkey_refused": (
        "This passkey was not accepted.",
        "Try again; where that does not help, sign in with your password and look under My security.",
    ),
    "accounts.passkey_known": ("This passkey is registered already.", "Sign in with it."),
    "accounts.passkey_unknown": ("There is no such passkey of yours.", "Load the page again."),
    "accounts.passkey_name": ("A passkey needs a name of 1 to 60 characters.", "Say which device it is on."),
    "accounts.passkeys_too_many": (
        "You have %(most)s passkeys; one person may have no more.",
        "Take one away that is no longer used.",
    ),
    "accounts.provider_unknown": ("There is no such identity provider here.", "Choose one on the page."),
    "accounts.provider_unavailable": (
        "The identity provider does not answer.",
        "Sign in with your password or a passkey, or try again later.",
    ),
    "accounts.provider_refused": (
        "The identity provider did not confirm who you are, or its answer was not meant for this.",
        "Begin again; where that does not help, sign in with your password.",
    ),
    "accounts.identity_unknown": (
        "No account here is linked with this identity.",
        "Sign in with your password, then link it under My security.",
    ),
    "accounts.identity_taken": (
        "This identity is linked with another account.",
        "Sign in with it, and take it away there.",
    ),
    "accounts.identity_last": (
        "Without this identity there is no way left to sign in.",
        "Add a passkey or set a password first.",
    ),
    "accounts.identity_gone": ("There is no such link of yours.", "Load the page again."),
    "accounts.session_unknown": ("This session is over.", "Load the page again."),
    "accounts.token_unknown": (
        "This token opens nothing.",
        "Check that it was copied whole, or make a new one under My tokens.",
    ),
    "accounts.token_expired": ("This token expired on %(day)s.", "Make a new one under My tokens."),
    "accounts.token_revoked": ("This token was revoked on %(day)s.", "Make a new one under My tokens."),
    "accounts.token_missing": (
        "This needs a token.",
        "Make one under My tokens and send it with the request: Authorization: Bearer TOKEN.",
    ),
    "accounts.token_scope_missing": (
        "This token may not be used for this: it lacks the scope %(scope)s.",
        "Make a token that has the scope, under My tokens.",
    ),
    "accounts.token_sign_in_first": ("Tokens are made and revoked by whom they stand for.", "Sign in."),
    "accounts.token_not_yours": ("There is no token %(token)s, or it is not yours.", "Load the page again."),
    "accounts.token_live": ("This token is still good.", "Revoke it first."),
    "accounts.token_name": ("A token needs a name of 1 to 100 characters.", "Say in a few words what it is for."),
    "accounts.token_scope_unknown": ("There is no scope %(scope)s.", "Choose among those on the page."),
    "accounts.token_days": (
        "A token is good for one of these numbers of days: %(known)s.",
        "Choose one of them; a new token can be made at any time.",
    ),
    "accounts.tokens_too_many": (
        "You have %(most)s live tokens; one person may have no more.",
        "Revoke one that is no longer used.",
    ),
    "accounts.quota_exceeded": (
        "%(requests)s requests in %(seconds)s seconds were made; no more are answered in this time.",
        "Wait %(retry_after_seconds)s seconds. With a token more requests are answered.",
    ),
    "accounts.keeping_refused": ("Only an operator may keep accounts.", "Ask an operator of the platform."),
    "accounts.username_taken": ("There is already an account %(username)s.", "Choose another user name."),
    "accounts.username_malformed": (
        "A user name has 1 to 150 letters, digits and the characters @ . + - _.",
        "Choose another user name, for instance an e-mail address.",
    ),
    "accounts.display_name_missing": ("An account needs a name to show.", "Enter the person's name."),
    "accounts.role_unknown": ("There is no role %(role)s.", "Choose one of: %(known)s."),
    "accounts.role_own": ("Nobody grants a role to themselves.", "Ask another operator."),
    "accounts.role_clash": (
        "%(role)s and %(held)s may not be held by one person.",
        "Take the other role away first, or grant it to another person.",
    ),
    "accounts.organisation_name": ("An organisation needs a name of 2 to 200 characters.", "Enter it as registered."),
    "accounts.organisation_unknown": (
        "There is no organisation %(uscc)s here, or not for you to see.",
        "Check the unified social credit code, or ask to act for it under My organisations.",
    ),
    "accounts.mandate_dates": (
        "A mandate has a first and a last day and lasts three years at most.",
        "Choose the days within %(most)s years.",
    ),
    "accounts.mandate_evidence": (
        "A mandate rests on a document.",
        "Name it: a power of attorney with its date, or the post of the legal representative.",
    ),
    "accounts.mandate_scope": (
        "There is no such scope of a mandate: %(scope)s.",
        "Choose among those on the page; at least one.",
    ),
    "accounts.mandate_unknown": ("There is no such mandate, or not for you to see.", "Load the page again."),
    "accounts.mandate_settled": ("This mandate has been settled already.", "Load the page again."),
    "accounts.mandate_open": (
        "You have asked to act for this organisation already.",
        "Wait for the answer, or take the request back.",
    ),
    "accounts.mandate_not_yours_to_settle": (
        "A mandate is settled by who may let others in for this organisation, or by the office; never by who asked.",
        "Ask the person who manages the organisation here, or the window.",
    ),
    "accounts.mandate_missing": (
        "You may not do this for %(organisation)s: no mandate in force covers it.",
        "Ask for a mandate under My organisations.",
    ),
    "accounts.mandate_barred": (
        "An auditor or a system administrator acts for no organisation.",
        "Let another person ask, or have the role taken away first.",
    ),
    "accounts.mandate_sign_in_first": ("Who acts for an organisation is asked of those who are signed in.", "Sign in."),
    "accounts.account_unknown": ("There is no account %(username)s.", "Check the spelling."),
    "accounts.password_weak": ("This password is too weak: %(reasons)s", "Choose a longer, less common one."),
    "accounts.password_wrong": ("The current password is not right.", "Enter the password you use now."),
    "accounts.sign_in_throttled": (
        "After %(failures)s failed attempts, signing in as %(username)s is closed for %(minutes)s minutes.",
        "Wait %(minutes)s minutes, or set a new password at once with one of your recovery codes: /sign-in/recover.",
    ),
}
