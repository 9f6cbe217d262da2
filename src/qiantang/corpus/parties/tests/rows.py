"""What the database says, wherever it says it."""

from __future__ import annotations

import json

from django.db import connection


def tables_holding(word: str) -> list[str]:
    """The tables of which a row holds the word, as text or inside JSON, sorted."""
    escaped = json.dumps(word)[1:-1]
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            if any(word in str(row) or escaped in str(row) for row in cursor.fetchall()):
                found.append(table)
    return sorted(found)
