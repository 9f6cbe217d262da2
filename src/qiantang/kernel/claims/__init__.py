"""Claims of a patent: their numbers and references, their tree, the elements of one, and how two sets differ."""

from qiantang.kernel.claims.comparing import Change, Pair, Piece, aligned, differences
from qiantang.kernel.claims.elements import Category, ClaimElements, category_of, split_elements
from qiantang.kernel.claims.reading import Claim, ClaimNode, claim_tree, parse_claims

__all__ = [
    "Category",
    "Change",
    "Claim",
    "ClaimElements",
    "ClaimNode",
    "Pair",
    "Piece",
    "aligned",
    "category_of",
    "claim_tree",
    "differences",
    "parse_claims",
    "split_elements",
]
