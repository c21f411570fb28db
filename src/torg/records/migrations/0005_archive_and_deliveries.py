"""The archive core, and what is delivered to it."""

import django.db.models.deletion
import torg.core.ids
from django.db import migrations, models
from torg.core.migrating import MigrationOfMany


NEVER_DELETED = "".join(
    f"""CREATE TRIGGER {table}_never_deleted BEFORE DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION records_never_deleted();"""
    for table in ("records_archivecore", "records_delivery")
)


class Migration(MigrationOfMany):
    dependencies = [
        ("records", "0004_what_assessments_are_called_and_entries_that_wait"),
    ]

    operations = [
        migrations.CreateModel(
            name="ArchiveCore",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=torg.core.ids.new, editable=False, unique=True)),
                ("name", models.CharField(max_length=100)),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("FOLDER", "Fiks Arkiv, as folders that the archive fetches"),
                            ("ZIP", "Fiks Arkiv, as ZIP files that the archive fetches"),
                            ("SEALED", "Fiks Arkiv, signed and encrypted for a Fiks gateway"),
                            ("NOARK", "The Noark 5 interface of the archive"),
                        ],
                        max_length=10,
                    ),
                ),
                ("system", models.CharField(max_length=40)),
                ("address", models.CharField(max_length=300)),
                ("series", models.CharField(blank=True, max_length=100)),
                ("options", models.JSONField(default=dict)),
                ("secrets", models.BinaryField(default=bytes)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("ACTIVE", "Connected"),
                            ("BROKEN", "Must be connected again"),
                            ("CLOSED", "Disconnected"),
                        ],
                        default="ACTIVE",
                        max_length=10,
                    ),
                ),
                ("problem", models.TextField(blank=True)),
                ("paused_until", models.DateTimeField(null=True)),
                ("closed_until", models.DateField(null=True)),
                ("checked_at", models.DateTimeField(null=True)),
                ("compared_at", models.DateTimeField(null=True)),
                ("compared", models.JSONField(default=dict)),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.Value(1),
                        condition=models.Q(("state", "CLOSED"), _negated=True),
                        name="one_archive_core_in_force",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", False), ("secrets", b""), ("state", "CLOSED")),
                            models.Q(models.Q(("state", "CLOSED"), _negated=True), ("closed_at", None)),
                            _connector="OR",
                        ),
                        name="archive_core_closed_with_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=torg.core.ids.new, editable=False, unique=True)),
                ("scope_id", models.UUIDField(db_index=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("CREATE", "Delivery"), ("CORRECT", "Correction")], default="CREATE", max_length=10
                    ),
                ),
                ("key", models.CharField(max_length=80)),
                ("message_id", models.UUIDField(default=torg.core.ids.new, unique=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("WAITING", "Waiting to be sent"),
                            ("HANDED_OVER", "Sent, not answered"),
                            ("RECEIVED", "Received by the archive"),
                            ("DELIVERED", "In the archive"),
                            ("UNCERTAIN", "Uncertain, will be looked up"),
                            ("REFUSED", "Not accepted"),
                            ("GIVEN_UP", "Given up"),
                        ],
                        default="WAITING",
                        max_length=12,
                    ),
                ),
                ("archive_code", models.CharField(blank=True, max_length=100)),
                ("archive_reason", models.TextField(blank=True)),
                ("system_id", models.CharField(blank=True, max_length=100)),
                ("up_to_change", models.BigIntegerField(default=0)),
                ("planned_at", models.DateTimeField()),
                ("handed_over_at", models.DateTimeField(null=True)),
                ("settled_at", models.DateTimeField(null=True)),
                ("repeats", models.PositiveSmallIntegerField(default=0)),
                (
                    "core",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="deliveries", to="records.archivecore"
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="records.journalentry",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ("DELIVERED", "GIVEN_UP")), _negated=True),
                        fields=["state", "planned_at"],
                        name="deliveries_unsettled",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "CREATE")),
                        fields=("core", "key"),
                        name="one_delivery_of_each_entry",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("kind", "CORRECT"), ("state__in", ("WAITING", "HANDED_OVER", "RECEIVED", "UNCERTAIN"))
                        ),
                        fields=("entry",),
                        name="one_correction_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "DELIVERED"), _negated=True),
                            models.Q(models.Q(("system_id", ""), _negated=True), ("settled_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="delivered_means_an_id_from_the_archive",
                    ),
                ],
            },
        ),
        migrations.RunSQL(NEVER_DELETED, migrations.RunSQL.noop),
    ]
