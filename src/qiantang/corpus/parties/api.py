"""The front door of parties: learn the names of a load, decide, and find a party by any of its names."""

from qiantang.corpus.parties.selectors.cards import names_of, parties_of, party_card, party_of, state
from qiantang.corpus.parties.selectors.queue import learnt_snapshot, open_pairs
from qiantang.corpus.parties.services.deciding import decide, link_group, merge, undo, unlink_group
from qiantang.corpus.parties.services.forgetting import forget_name
from qiantang.corpus.parties.services.learning import learn_names

__all__ = [
    "decide",
    "forget_name",
    "learn_names",
    "learnt_snapshot",
    "link_group",
    "merge",
    "names_of",
    "open_pairs",
    "parties_of",
    "party_card",
    "party_of",
    "state",
    "undo",
    "unlink_group",
]
