"""Patent big-data query, as the rest of the house knows it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from qiantang.commons.catalogue.api import Scenario, SlotItem

SCENARIO = Scenario(
    key="query",
    name=_("Patent search"),
    summary=_("Find patents by words, applicant, class or any number; every hit leads to its record and its sources."),
    icon="search",
    url_name="query:search-results",
    order=30,
    slots=(
        SlotItem(
            slot="patent.actions",
            key="query-dossier",
            label=_("Put into a dossier"),
            icon="folder-plus",
            url_name="query:dossier-add-patent",
            url_arguments=("patent_id",),
            order=40,
        ),
        SlotItem(
            slot="patent.actions",
            key="query-similar",
            label=_("Similar patents"),
            url_name="query:similar-to",
            url_arguments=("patent_id",),
            icon="arrows-join",
            order=30,
        ),
    ),
)
