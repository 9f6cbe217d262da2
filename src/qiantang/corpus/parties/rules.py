"""What names of parties are used for."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qiantang.commons.audit.types import Basis, Purpose, declare

HARMONISING = declare(
    Purpose(
        code="parties.harmonising",
        title=_("Find the names that are one applicant"),
        basis=Basis.PUBLISHED,
        source=_("Personal Information Protection Law, art. 13 (1) no. 6 and art. 27; Patent Law, art. 21"),
        personal=_("Names of applicants, inventors and agencies as the offices published them"),
        retention=_("Names of organisations for good; names and addresses of persons only as digests"),
    )
)
