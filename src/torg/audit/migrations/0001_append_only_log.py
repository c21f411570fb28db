"""The log, partitioned by time, with its leaf made by the database; the tree beside it. All append-only."""

from django.db import migrations, models

from torg.core.tables import append_only, revoke
from torg.core.migrating import MigrationOfMany

EVENT = r"""
CREATE SEQUENCE audit_event_number;

CREATE TABLE audit_event (
    id uuid NOT NULL,
    number bigint NOT NULL,
    xid xid8 NOT NULL,
    at timestamptz NOT NULL,
    name varchar(80) NOT NULL CHECK (name ~ '^[a-z0-9_.-]+$'),
    actor_kind varchar(10) NOT NULL CHECK (actor_kind ~ '^[a-z]+$'),
    actor_ref varchar(80) NOT NULL CHECK (actor_ref ~ '^[A-Za-z0-9_.:@/-]*$'),
    scope_id uuid,
    target_kind varchar(60) NOT NULL CHECK (target_kind ~ '^[a-z0-9_.]*$'),
    target_id varchar(64) NOT NULL CHECK (target_id ~ '^[A-Za-z0-9_.:/-]*$'),
    parent uuid,
    -- Ids, codes and numbers only, one level deep: nothing that somebody wrote can be put in here.
    facts jsonb NOT NULL CHECK (
        jsonb_typeof(facts) = 'object' AND length(facts::text) < 4000 AND NOT jsonb_path_exists(
            facts,
            'strict $.* ? (@.type() == "object" || @.type() == "array" || @ like_regex "[^A-Za-z0-9_.:/-]")'
        )
    ),
    leaf bytea NOT NULL,
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
CREATE TABLE audit_event_default PARTITION OF audit_event DEFAULT;

CREATE INDEX audit_event_sealing ON audit_event (xid, number);
CREATE INDEX audit_event_scope ON audit_event (scope_id, at);
CREATE INDEX audit_event_target ON audit_event (target_id, at);
CREATE INDEX audit_event_actor ON audit_event (actor_ref, at);

-- Who inserts decides neither the order nor the hash. The text that is hashed is torg.audit.leaves.CANONICAL.
CREATE FUNCTION audit_event_leaf() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.number := nextval('audit_event_number');
    NEW.xid := pg_current_xact_id();
    NEW.leaf := sha256('\x00'::bytea || convert_to(format('%s|%s|%s|%s|%s|%s|%s|%s|%s|%s|%s',
        NEW.id, NEW.number, (extract(epoch FROM NEW.at) * 1000000)::bigint, NEW.name, NEW.actor_kind, NEW.actor_ref,
        NEW.scope_id, NEW.target_kind, NEW.target_id, NEW.parent, NEW.facts), 'UTF8'));
    RETURN NEW;
END $$;
CREATE TRIGGER audit_event_leaf BEFORE INSERT ON audit_event FOR EACH ROW EXECUTE FUNCTION audit_event_leaf();
"""

EVENT_UNDONE = "DROP TABLE audit_event; DROP FUNCTION audit_event_leaf; DROP SEQUENCE audit_event_number;"

DEFAULT_PARTITION = """
CREATE TRIGGER audit_event_default_no_truncate BEFORE TRUNCATE ON audit_event_default
    FOR EACH STATEMENT EXECUTE FUNCTION torg_refuse_change();
"""


class Migration(MigrationOfMany):
    initial = True

    dependencies = []

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(EVENT, EVENT_UNDONE)],
            state_operations=[
                migrations.CreateModel(
                    name="AuditEvent",
                    fields=[
                        ("id", models.UUIDField(primary_key=True, serialize=False)),
                        ("number", models.BigIntegerField()),
                        ("at", models.DateTimeField()),
                        ("name", models.CharField(max_length=80)),
                        ("actor_kind", models.CharField(max_length=10)),
                        ("actor_ref", models.CharField(max_length=80)),
                        ("scope_id", models.UUIDField(null=True)),
                        ("target_kind", models.CharField(blank=True, max_length=60)),
                        ("target_id", models.CharField(blank=True, max_length=64)),
                        ("parent", models.UUIDField(null=True)),
                        ("facts", models.JSONField(default=dict)),
                        ("leaf", models.BinaryField()),
                    ],
                    options={
                        "db_table": "audit_event",
                        "indexes": [
                            models.Index(fields=["scope_id", "at"], name="audit_event_scope"),
                            models.Index(fields=["target_id", "at"], name="audit_event_target"),
                            models.Index(fields=["actor_ref", "at"], name="audit_event_actor"),
                        ],
                    },
                ),
            ],
        ),
        migrations.CreateModel(
            name="SealedDetail",
            fields=[
                ("event_id", models.UUIDField(primary_key=True, serialize=False)),
                ("scope_id", models.UUIDField(db_index=True)),
                ("at", models.DateTimeField()),
                ("salt", models.BinaryField()),
                ("details", models.TextField()),
            ],
            options={"db_table": "audit_sealed_detail"},
        ),
        migrations.CreateModel(
            name="LeafPosition",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("event_id", models.UUIDField(unique=True)),
                ("leaf", models.BinaryField()),
            ],
            options={"db_table": "audit_leaf_position"},
        ),
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("size", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("root", models.BinaryField()),
                ("note", models.TextField()),
                ("frontier", models.BinaryField()),
                ("watermark", models.DecimalField(decimal_places=0, max_digits=20)),
            ],
            options={"db_table": "audit_checkpoint"},
        ),
        migrations.CreateModel(
            name="TimeStamp",
            fields=[
                ("size", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("authority", models.URLField()),
                ("token", models.BinaryField()),
            ],
            options={"db_table": "audit_time_stamp"},
        ),
        *append_only("audit_event"),
        migrations.RunSQL(DEFAULT_PARTITION, migrations.RunSQL.noop),
        revoke("audit_event_default", "UPDATE, DELETE, TRUNCATE"),
        *append_only("audit_sealed_detail"),
        *append_only("audit_leaf_position"),
        *append_only("audit_checkpoint"),
        *append_only("audit_time_stamp"),
    ]
