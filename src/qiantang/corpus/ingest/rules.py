"""What loads use personal data for."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qiantang.commons.audit.types import Basis, Purpose, declare
from qiantang.commons.rulebook.bases import declare_card
from qiantang.commons.rulebook.types.cards import CardKind, ModelCard

REFUSED_ROWS = declare(
    Purpose(
        code="ingest.refused_rows",
        title=_("Correct rows which a load refused"),
        basis=Basis.DUTY,
        source=_("Personal Information Protection Law, art. 8 and art. 13 (1) no. 3"),
        personal=_("Raw text of the refused rows: names and addresses as the source file has them"),
        retention=_("As long as the load's report; a file handed out is to be deleted after 30 days"),
        days=30,
    )
)

ERASURE = declare(
    Purpose(
        code="ingest.erasure",
        title=_("Remove personal data on lawful request"),
        basis=Basis.DUTY,
        source=_("Personal Information Protection Law, art. 13 (1) no. 3 and art. 47"),
        personal=_("The name to remove and the records that hold it"),
        retention=_("Nothing of what was removed; a digest keeps it from coming back"),
    )
)

declare_card(
    ModelCard(
        key="ingest.quality",
        title=_("Quality rules of loads"),
        kind=CardKind.RULES,
        purpose=_("Refuses or flags rows of a source that cannot be trusted"),
        used_in=_("What of a source is kept"),
        data=_("Written by people after the sources named in each rule; fitted to no data"),
        limits=_("A row that is wrong yet plausible passes"),
        owner=_("Operator of the register"),
        version="1",
        parts=("qiantang.corpus.ingest.methods.quality",),
    )
)
