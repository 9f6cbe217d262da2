"""Bounds of this room, and what it uses personal data for. Bounds marked "to verify" stand after the notes on GB/T 39551."""

from __future__ import annotations

from datetime import timedelta

from django.utils.translation import gettext_noop as _

from qiantang.commons.audit.types import Basis, Purpose, declare
from qiantang.commons.rulebook.bases import declare_card
from qiantang.commons.rulebook.types.cards import CardKind, ModelCard

LARGEST_PACK = 1_000_000  # bytes of an uploaded pack
LEAST_SAMPLE, MOST_SAMPLE, USUAL_SAMPLE = 5, 500, 50
REVIEWED = 50  # patents a reviewer labels again
# Accepted from; standard practice, to verify: whole industry and single branch
RECALL_ACCEPTED, RECALL_OF_BRANCH_ACCEPTED, PRECISION_ACCEPTED = 0.90, 0.85, 0.85
LEASE = timedelta(minutes=3)  # a worker that has not said a word for so long is dead
LEAST_SEED, MOST_SEED = 5, 200  # examples of an expansion
MOST_CANDIDATES = 3_000  # patents an expansion looks at
LEAST_AGAINST, AGAINST_TIMES = 100, 5  # counter-examples: so many, or so many times the examples
LIVING_REST = timedelta(days=1)  # from one edition of a living project to the next
MOST_MARKS = 2_000  # lines of a list of standards or court cases
MOST_FIRM = 5_000  # patents of a firm that micro-navigation looks at
MOST_CITING = 2_000  # patents that cite those of a firm, of which their owners are told
SOON_YEARS = 3  # before a term ends, from when on it is told
# What a recall sample may be drawn by: not by the words and classes of which strategies are made
INDEPENDENT_FIELDS = frozenset(
    {"PA", "AH", "AW", "IN", "PN", "AN", "ID", "SET", "CI", "CC", "AY", "AD", "PD", "PY", "TY", "LS"}
)
HEAVY_LEVELS = 1  # networks, topics and main path are made for the industry and so many levels below it
SAME_TOPIC = 0.3  # share of words two topics must have in common to be the same for a person's label
BEGUN_ANEW = 3  # times an edition is begun where a load overtakes it

TALENT = declare(
    Purpose(
        code="navigation.talent",
        title=_("Show which inventors stand on the patents of an industry"),
        basis=Basis.PUBLISHED,
        source=_("Personal Information Protection Law, art. 13 (1) no. 6 and art. 27; Patent Law, art. 21"),
        personal=_("Names of inventors as the offices published them, with the patents they stand on; no addresses"),
        retention=_("Names are read from the register when a page is shown; a removal there removes them here"),
    )
)

_OWNER = _("Analyst of statistics")
declare_card(
    ModelCard(
        key="navigation.expansion",
        title=_("Expansion of an industry node"),
        kind=CardKind.LEARNED,
        purpose=_("Proposes candidates from a few good examples and a random sample of others"),
        used_in=_("Which patents belong to a node, after a person has confirmed"),
        data=_("The examples of the project, each time anew"),
        limits=_("Finds what looks like the examples; precision and recall are measured per node on drawn samples"),
        owner=_OWNER,
        person_decides=_("The reviewer of the project"),
        version="1",
        parts=(
            "qiantang.scenarios.navigation.methods.seeding",
            "qiantang.scenarios.navigation.methods.contrast",
        ),
    )
)
declare_card(
    ModelCard(
        key="navigation.analysis",
        title=_("Analyses of an industry"),
        kind=CardKind.SCORED,
        purpose=_("Key patents, owners, position of the city, effects against means"),
        used_in=_("Reports of an industry; recommendations that people adopt or not"),
        data=_("Formulas of the literature named in the documentation; fitted to no data"),
        limits=_("What is not known is left out and the rest rescaled"),
        owner=_OWNER,
        person_decides=_("The lead of the project"),
        version="1",
        parts=("qiantang.scenarios.navigation.methods",),
    )
)
