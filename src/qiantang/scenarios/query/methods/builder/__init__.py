"""A query as rows and groups of rows: from the rows to the query, and from any query back to rows."""

from qiantang.scenarios.query.methods.builder.making import flaws_of, node_of, query_of
from qiantang.scenarios.query.methods.builder.reading import plan_of
from qiantang.scenarios.query.methods.builder.values import hows_of

__all__ = ["flaws_of", "hows_of", "node_of", "plan_of", "query_of"]
