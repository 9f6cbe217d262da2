"""The database itself refuses to change the journal.

SQLite refuses updates only: emptying a test database there is a DELETE like any other. A row taken away shows in ``verify``.
"""

from django.db import migrations

_SQLITE = """
CREATE TRIGGER audit_entry_not_updated BEFORE UPDATE ON audit_auditentry
BEGIN SELECT RAISE(ABORT, 'the journal can only be added to'); END
"""
_POSTGRESQL_FUNCTION = """
CREATE FUNCTION audit_refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the journal can only be added to'; END $$
"""
_POSTGRESQL = """
CREATE TRIGGER audit_entry_not_changed BEFORE UPDATE OR DELETE ON audit_auditentry
FOR EACH ROW EXECUTE FUNCTION audit_refuse_change()
"""


def put_up(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute(_SQLITE)
    elif schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(_POSTGRESQL_FUNCTION)
        schema_editor.execute(_POSTGRESQL)


def take_down(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP TRIGGER audit_entry_not_updated")
    elif schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TRIGGER audit_entry_not_changed ON audit_auditentry")
        schema_editor.execute("DROP FUNCTION audit_refuse_change()")


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunPython(put_up, take_down)]
