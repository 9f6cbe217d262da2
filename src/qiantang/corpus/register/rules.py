"""What the records of the register are used for beyond being found and read one by one."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qiantang.commons.audit.types import Basis, Purpose, declare

OPEN_DATA = declare(
    Purpose(
        code="register.open_data",
        title=_("Hand out the register as open data"),
        basis=Basis.PUBLISHED,
        source=_("Personal Information Protection Law, art. 13 (1) no. 6 and art. 27; Patent Law, art. 21"),
        personal=_("Names of applicants, inventors and agencies as the offices published them; no street addresses"),
        retention=_("Without end; a name removed on request is missing from the next export"),
    )
)
