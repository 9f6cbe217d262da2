"""A query as rows and groups of rows: from the rows to the query, and from any query back to rows."""

from qiantang.scenarios.query.methods.builder.address import BLANK, changed, parameters, plan_from, shown
from qiantang.scenarios.query.methods.builder.making import flaws_of, node_of, query_of, row_node
from qiantang.scenarios.query.methods.builder.reading import plan_of
from qiantang.scenarios.query.methods.builder.values import hows_of

__all__ = [
    "BLANK",
    "changed",
    "flaws_of",
    "hows_of",
    "node_of",
    "parameters",
    "plan_from",
    "plan_of",
    "query_of",
    "row_node",
    "shown",
]
