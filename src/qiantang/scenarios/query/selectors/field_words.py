"""The fields of the query language in everyday words: what each is called, and what it is for."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from qiantang.scenarios.query.types.asking import How

# heading -> keys, in the order of the list
GROUPS: tuple[tuple[str | Promise, tuple[str, ...]], ...] = (
    (_("Words"), ("TAC", "TI", "AB", "CL", "TA")),
    (_("People and firms"), ("PA", "AW", "IN", "AH", "AG")),
    (_("Field of technology"), ("IC", "TF", "CPC", "LOC")),
    (_("Days and years"), ("AD", "PD", "GD", "SD", "AY", "PY", "SY")),
    (_("State and kind"), ("LS", "TY", "CC", "KD", "CI")),
    (_("Numbers"), ("PN", "AN", "CT", "PR", "FM", "SF", "EF", "ID", "SET")),
    (_("For those who know the language"), ("",)),
)

# key -> (name, explanation)
FIELDS: Mapping[str, tuple[str | Promise, str | Promise]] = {
    "TAC": (_("Title, abstract, claims"), _("Words anywhere in the text. The usual place to begin.")),
    "TI": (_("Title"), _("Only in the title: fewer hits, closer to the point.")),
    "AB": (_("Abstract"), _("Only in the summary of the invention.")),
    "CL": (_("Claims"), _("In the sentences that say what is protected.")),
    "TA": (_("Title and abstract"), _("Not in the claims.")),
    "PA": (_("Applicant or patentee"), _("The firm, institute or person, by the name as filed.")),
    "AW": (_("Current owner"), _("Who holds the right after all recorded transfers.")),
    "IN": (_("Inventor"), _("Who made the invention or design.")),
    "AH": (
        _("Party with all its names"),
        _("A firm with its former names and subsidiaries, as joined by the platform."),
    ),
    "AG": (_("Agency"), _("The agency that represents the applicant.")),
    "IC": (_("IPC class"), _("Symbol of the International Patent Classification, with everything below it: H01M.")),
    "TF": (_("Field of technology"), _("One of the 35 fields into which WIPO sorts all classes.")),
    "CPC": (_("CPC class"), _("Symbol of the Cooperative Patent Classification, finer than IPC.")),
    "LOC": (_("Locarno class"), _("Class of a design, such as 06-04.")),
    "AD": (_("Filing date"), _("When the application was filed.")),
    "PD": (_("Publication date"), _("When it was first published.")),
    "GD": (_("Grant date"), _("When the grant was announced.")),
    "SD": (_("Day of the status"), _("Since when the present legal status has held.")),
    "AY": (_("Filing year"), _("The year in which the application was filed.")),
    "PY": (_("Publication year"), _("The year of the first publication.")),
    "SY": (_("Year of the status"), _("The year since which the present legal status has held.")),
    "LS": (_("Legal status"), _("Whether it is pending, in force or ended, as published events tell.")),
    "TY": (_("Type"), _("Invention, utility model or design.")),
    "CC": (_("Office"), _("The country or office of the patent.")),
    "KD": (_("Kind code"), _("Kind of a published document: A, B, U, S …; or granted.")),
    "CI": (_("Region"), _("City or district of the first applicant or holder: name or code.")),
    "PN": (_("Publication number"), _("In any style; CN2019* is a beginning.")),
    "AN": (_("Application number"), _("In any style, with or without check digit.")),
    "CT": (_("Cites"), _("What cites the patent of this number, by any of its numbers.")),
    "PR": (_("Priority"), _("What claims the priority of the application of this number.")),
    "FM": (_("Family"), _("The number of a patent family.")),
    "SF": (_("Simple family"), _("The same invention at several offices, by the number of the family.")),
    "EF": (_("Extended family"), _("All that is tied by priorities, by the number of the family.")),
    "SET": (_("Set of patents"), _("The patents of a number list or a dossier; open it, and search in it from there.")),
    "ID": (_("Patent id"), _("The number of the record in this register.")),
    "": (_("Query text"), _("Anything the query language can say; kept as it is written.")),
}

HOWS: Mapping[How, str | Promise] = {
    How.ALL: _("contains all of"),
    How.ANY: _("is any of"),
    How.IS: _("is exactly"),
    How.BETWEEN: _("from … to …"),
    How.KNOWN: _("is known"),
    How.TEXT: _("as written"),
}
CONTAINS_ANY = _("contains any of")  # of a text

# groups of legal status
BUCKETS: Mapping[str, str | Promise] = {
    "in_force": pgettext_lazy("status group", "In force (any)"),
    "pending": pgettext_lazy("status group", "Pending (any)"),
    "dead": pgettext_lazy("status group", "Ended (any)"),
    "unknown": pgettext_lazy("status group", "Not known (any)"),
}
