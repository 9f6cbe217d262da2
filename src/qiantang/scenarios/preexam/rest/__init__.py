"""What pre-examination offers programs: the check for everybody; with a token whatever a party does on its pages, and the
steps of the office that decide about nobody.
"""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qiantang.commons.catalogue.api import ApiSection
from qiantang.scenarios.preexam.rest.operations import CHECKS, DRAFTS, EXAMINATION, LEDGERS, SUBJECTS

SECTION = ApiSection(
    key="preexam",
    name=_("Pre-examination"),
    summary=_(
        "The check of a draft before it is filed; drafts and filings of subjects from the first line to the grant, as on the pages."
    ),
    order=40,
    endpoints=(*CHECKS, *SUBJECTS, *DRAFTS, *EXAMINATION, *LEDGERS),
)
