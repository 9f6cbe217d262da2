"""What account data are used for beyond signing in."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qiantang.commons.accounts.types import EVERYTHING, MANAGE, MandateScope, Role, Standing, declare_mandate_scope
from qiantang.commons.audit.types import Basis, Purpose, Store, declare, declare_store

PUBLIC_CONTACT = declare(
    Purpose(
        code="accounts.public_contact",
        title=_("Name an operator in public as the person to ask about personal data"),
        basis=Basis.CONSENT,
        source=_("Personal Information Protection Law, art. 13 (1) no. 1, art. 15 and 16"),
        personal=_("The display name of the account"),
        retention=_("Shown until the consent ends or is withdrawn; then at once no longer"),
        days=365,
        audience=frozenset({"operator"}),
    )
)

TOKENS = declare_store(
    Store(
        code="accounts.tokens",
        title=_("Your tokens: names, scopes and when they were used last; never their text"),
        retention=_("Until you delete them; what expired or was revoked opens nothing"),
        url_name="accounts:my-tokens",
    )
)

ACT_IN_ALL = declare_mandate_scope(MandateScope(key=EVERYTHING, title=_("Everything but letting others in")))
LET_IN = declare_mandate_scope(MandateScope(key=MANAGE, title=_("Let others in for the organisation")))
MANDATE_YEARS = 3  # longest mandate; our own bound, so that what nobody renews ends

ROLE_TITLES = {
    Role.OPERATOR: _("Operator"),
    Role.EXAMINER: _("Examiner"),
    Role.WINDOW_OFFICER: _("Window officer"),
    Role.CASE_OFFICER: _("Case officer"),
    Role.SUPERVISOR: _("Supervisor"),
    Role.MEDIATOR: _("Mediator or arbitrator"),
    Role.EXPERT: _("Expert"),
    Role.FINANCIER: _("Bank or insurer"),
    Role.INVESTOR: _("Investor"),
    Role.LECTURER: _("Lecturer"),
    Role.ANALYST: _("Analyst"),
    Role.DISTRICT_ADMIN: _("District administrator"),
    Role.AUDITOR: _("Auditor"),
    Role.SYSTEM_ADMIN: _("System administrator"),
}
STANDING_TITLES = {
    Standing.STRANGER: _("Stranger, not signed in"),
    Standing.PERSON: _("Person who has signed in"),
    Standing.APPLICANT: _("Applicant, or who acts for one"),
    Standing.AGENCY: _("Agency"),
}
