"""Whoever inserts cannot lay a temporary sequence over ours and so choose the order of events within a transaction."""

from django.db import migrations

LEAF = r"""
CREATE OR REPLACE FUNCTION audit_event_leaf() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.number := nextval('{sequence}');
    NEW.xid := pg_current_xact_id();
    NEW.leaf := sha256('\x00'::bytea || convert_to(format('%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s',
        NEW.id, NEW.number, (extract(epoch FROM NEW.at) * 1000000)::bigint, NEW.name, NEW.actor_kind, NEW.actor_ref,
        NEW.scope_id, NEW.target_kind, NEW.target_id, NEW.parent, NEW.facts), 'UTF8'));
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_append_only_log")]

    operations = [
        migrations.RunSQL(
            # A temporary relation stands first wherever no schema is named.
            LEAF.replace("{sequence}", "public.audit_event_number"),
            LEAF.replace("{sequence}", "audit_event_number"),
        ),
    ]
