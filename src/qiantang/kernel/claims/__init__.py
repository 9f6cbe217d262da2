"""Claims of a patent: their numbers and references, their tree, the elements of one, and how two sets differ."""

from qiantang.kernel.claims.comparing import Change, Pair, Piece, aligned, differences
from qiantang.kernel.claims.elements import Category, ClaimElements, category_of, split_elements
from qiantang.kernel.claims.reading import Claim, ClaimLines, ClaimNode, claim_tree, parse_claims, split_claims
from qiantang.kernel.claims.references import Reference, chain_counts, chain_depths, leading_reference

__all__ = [
    "Category",
    "Change",
    "Claim",
    "ClaimElements",
    "ClaimLines",
    "ClaimNode",
    "Pair",
    "Piece",
    "Reference",
    "aligned",
    "category_of",
    "chain_counts",
    "chain_depths",
    "claim_tree",
    "differences",
    "leading_reference",
    "parse_claims",
    "split_claims",
    "split_elements",
]
