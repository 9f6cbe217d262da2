"""Patent big-data query."""

from django.apps import AppConfig


class QueryConfig(AppConfig):
    name = "qiantang.scenarios.query"
    label = "query"
