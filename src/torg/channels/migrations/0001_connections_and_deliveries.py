import django.db.models.deletion
from django.db import migrations, models

import torg.core.ids
from torg.core import tables
from torg.core.migrating import MigrationOfMany

RAW_DELIVERY = """
CREATE TABLE channels_rawdelivery (
    id uuid NOT NULL,
    platform varchar(20) NOT NULL,
    source varchar(10) NOT NULL,
    connection_id bigint NULL REFERENCES channels_connection (id),
    received_at timestamptz NOT NULL,
    body bytea NOT NULL,
    signature_ok boolean NOT NULL,
    headers_digest bytea NOT NULL,
    delivery_key bytea NOT NULL,
    PRIMARY KEY (id, received_at)
) PARTITION BY RANGE (received_at);
CREATE TABLE channels_rawdelivery_default PARTITION OF channels_rawdelivery DEFAULT;
"""


class Migration(MigrationOfMany):
    initial = True

    dependencies = [
        ("registry", "0001_presences"),
    ]

    operations = [
        migrations.CreateModel(
            name="Connection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=torg.core.ids.new, editable=False, unique=True)),
                ("scope_id", models.UUIDField(db_index=True)),
                ("platform", models.CharField(max_length=20)),
                ("external_id", models.CharField(max_length=200)),
                ("name", models.CharField(blank=True, max_length=200)),
                ("app_id", models.CharField(blank=True, max_length=100)),
                ("secrets", models.BinaryField(default=bytes)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("ACTIVE", "Connected"),
                            ("NEEDS_RECONNECT", "Must be connected again"),
                            ("CLOSED", "Closed"),
                        ],
                        default="ACTIVE",
                        max_length=20,
                    ),
                ),
                ("problem", models.CharField(blank=True, max_length=200)),
                ("capabilities", models.JSONField(default=dict)),
                ("granted_scopes", models.JSONField(default=list)),
                ("missing_scopes", models.JSONField(default=list)),
                ("subscribed_fields", models.JSONField(default=list)),
                ("missing_fields", models.JSONField(default=list)),
                ("subscription_verified_at", models.DateTimeField(blank=True, null=True)),
                ("last_event_at", models.DateTimeField(blank=True, null=True)),
                ("last_polled_at", models.DateTimeField(blank=True, null=True)),
                ("token_expires_at", models.DateTimeField(blank=True, null=True)),
                ("data_access_expires_at", models.DateTimeField(blank=True, null=True)),
                ("silence_after", models.DurationField(blank=True, null=True)),
                ("calls_paused_until", models.DateTimeField(blank=True, null=True)),
                ("keeps_media", models.BooleanField(default=False)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "presence",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="connections", to="registry.presence"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("platform", "external_id"), name="one_connection_per_account"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", False), ("state", "CLOSED")),
                            models.Q(models.Q(("state", "CLOSED"), _negated=True), ("closed_at", None)),
                            _connector="OR",
                        ),
                        name="connection_closed_with_time",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="PollCursor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("object_type", models.CharField(max_length=40)),
                ("since", models.DateTimeField(blank=True, null=True)),
                ("token", models.TextField(blank=True)),
                ("is_history", models.BooleanField(default=False)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "connection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="cursors", to="channels.connection"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("connection", "object_type", "is_history"), name="one_cursor_per_object_type"
                    ),
                ]
            },
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(RAW_DELIVERY, "DROP TABLE channels_rawdelivery"),
                *tables.append_only("channels_rawdelivery"),
            ],
            state_operations=[
                migrations.CreateModel(
                    name="RawDelivery",
                    fields=[
                        ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                        ("platform", models.CharField(max_length=20)),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("WEBHOOK", "Delivered by the platform"),
                                    ("POLL", "Read by us"),
                                    ("HISTORY", "Read by us, from before we connected"),
                                ],
                                max_length=10,
                            ),
                        ),
                        ("received_at", models.DateTimeField()),
                        ("body", models.BinaryField()),
                        ("signature_ok", models.BooleanField()),
                        ("headers_digest", models.BinaryField()),
                        ("delivery_key", models.BinaryField()),
                        (
                            "connection",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="channels.connection",
                            ),
                        ),
                    ],
                ),
            ],
        ),
        migrations.CreateModel(
            name="RawDeliveryState",
            fields=[
                ("delivery_id", models.UUIDField(primary_key=True, serialize=False)),
                ("received_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("PENDING", "Waiting"),
                            ("PROCESSED", "Taken in"),
                            ("FAILED", "Could not be taken in"),
                            ("INSPECT", "Kept for inspection"),
                        ],
                        default="PENDING",
                        max_length=10,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("error", models.CharField(blank=True, max_length=200)),
                ("processed_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "PENDING")),
                        fields=["received_at", "delivery_id"],
                        name="deliveries_waiting",
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ["FAILED", "INSPECT"])),
                        fields=["received_at"],
                        name="deliveries_to_look_at",
                    ),
                ],
            },
        ),
    ]
