"""Deposits, disposal by rule, legal holds, requests for erasure, exports to a party, and search in what is kept."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import torg.core.ids
import json
from pathlib import Path

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from torg.core.migrating import MigrationOfMany

DATA = Path(__file__).resolve().parents[1] / "data"
# A deposit or a disposal that is forgotten would be a hole in the account of what became of the archive.
NEVER_DELETED = "".join(
    f"""CREATE TRIGGER {table}_never_deleted BEFORE DELETE ON {table}
        FOR EACH ROW EXECUTE FUNCTION records_never_deleted();"""
    for table in (
        "records_deposit",
        "records_disposalrule",
        "records_disposal",
        "records_legalhold",
        "records_erasurerequest",
        "records_partyexport",
    )
)
# What two have approved is what is carried out; another wording is another rule.
RULE_FREEZES = """
CREATE FUNCTION records_disposal_rule_freezes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.name, OLD.takes, OLD.classification, OLD.channel, OLD.years, OLD.reference_id, OLD.proposed_by_id)
        IS DISTINCT FROM
       (NEW.name, NEW.takes, NEW.classification, NEW.channel, NEW.years, NEW.reference_id, NEW.proposed_by_id) THEN
        PERFORM records_refuse('a rule of disposal is not changed');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER records_disposal_rule_frozen BEFORE UPDATE ON records_disposalrule
    FOR EACH ROW EXECUTE FUNCTION records_disposal_rule_freezes();
"""
# Whatever the program thinks: nothing under legal hold is disposed of.
HOLD_STOPS = """
CREATE FUNCTION records_hold_stops_disposal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state = 'DONE' AND EXISTS (
        SELECT FROM records_legalhold hold JOIN records_journalentry entry USING (case_file_id)
        WHERE entry.id = NEW.entry_id AND hold.lifted_at IS NULL
    ) THEN
        PERFORM records_refuse('the case file is under legal hold');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER records_disposal_held BEFORE INSERT OR UPDATE ON records_disposal
    FOR EACH ROW EXECUTE FUNCTION records_hold_stops_disposal();
"""


def load(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Rows that are there already stay: a municipality may have changed them."""
    reference = apps.get_model("records", "LegalReference")
    for row in json.loads((DATA / "preservation_references.json").read_text(encoding="utf-8")):
        reference.objects.get_or_create(code=row.pop("code"), defaults=row)


class Migration(MigrationOfMany):
    dependencies = [
        ("people", "0004_whole_issuers"),
        ("records", "0005_archive_and_deliveries"),
    ]

    operations = [
        migrations.AlterField(
            model_name="legalreference",
            name="kind",
            field=models.CharField(
                choices=[
                    ("JOURNALING", "Duty to archive and journal"),
                    ("ACCESS", "Exemption from public access"),
                    ("SECRECY", "Duty of secrecy"),
                    ("PRESERVATION", "Preservation, disposal and access to one's own data"),
                ],
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="CaptureText",
            fields=[
                (
                    "capture",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="text",
                        serialize=False,
                        to="records.capture",
                    ),
                ),
                ("scope_id", models.UUIDField()),
                ("taken_at", models.DateTimeField()),
                ("title", models.CharField(blank=True, max_length=300)),
                ("masked", models.TextField(blank=True)),
                ("full", models.TextField(null=True)),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.contrib.postgres.search.SearchVector("masked", config="norwegian"),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "search_full",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.contrib.postgres.search.SearchVector("full", config="norwegian"),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-taken_at", "-capture"], name="capture_texts_by_time"),
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="capture_texts_search"),
                    django.contrib.postgres.indexes.GinIndex(
                        condition=models.Q(("full__isnull", False)),
                        fields=["search_full"],
                        name="capture_texts_search_full",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DisposalRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=torg.core.ids.new, editable=False, unique=True)),
                ("name", models.CharField(max_length=100)),
                (
                    "takes",
                    models.CharField(
                        choices=[("NOTES", "Documents of archive notes"), ("ENTRIES", "Documents of journal entries")],
                        max_length=10,
                    ),
                ),
                ("classification", models.CharField(blank=True, max_length=40)),
                ("channel", models.CharField(blank=True, max_length=30)),
                ("years", models.PositiveSmallIntegerField()),
                ("because", models.TextField()),
                (
                    "state",
                    models.CharField(
                        choices=[("PROPOSED", "Proposed"), ("APPROVED", "Approved by two"), ("WITHDRAWN", "Withdrawn")],
                        default="PROPOSED",
                        max_length=10,
                    ),
                ),
                ("proposed_at", models.DateTimeField()),
                ("approved_at", models.DateTimeField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "reference",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.legalreference"
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "APPROVED"), _negated=True),
                            models.Q(
                                ("approved_at__isnull", False),
                                ("approved_by__isnull", False),
                                models.Q(("approved_by", models.F("proposed_by")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="disposal_rule_approved_by_two",
                    ),
                    models.CheckConstraint(condition=models.Q(("years__gte", 1)), name="disposal_waits_a_year"),
                ]
            },
        ),
        migrations.CreateModel(
            name="Disposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=torg.core.ids.new, editable=False, unique=True)),
                ("scope_id", models.UUIDField(db_index=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("PROPOSED", "Proposed"),
                            ("DECIDED", "Decided"),
                            ("KEPT", "Kept"),
                            ("DONE", "Disposed of"),
                        ],
                        default="PROPOSED",
                        max_length=10,
                    ),
                ),
                ("due_on", models.DateField()),
                ("proposed_at", models.DateTimeField()),
                ("decided_at", models.DateTimeField(null=True)),
                ("because", models.TextField(blank=True)),
                ("done_at", models.DateTimeField(null=True)),
                ("files", models.PositiveIntegerField(default=0)),
                ("shared", models.PositiveIntegerField(default=0)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="disposals", to="records.journalentry"
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="disposals", to="records.disposalrule"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["state", "due_on", "id"], name="disposals_by_state"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("entry", "rule"), name="proposed_once_by_each_rule"),
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["DONE"])), fields=("entry",), name="disposed_of_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "PROPOSED"),
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="a_person_decides_on_disposal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("done_at__isnull", False), ("state", "DONE")),
                            models.Q(models.Q(("state", "DONE"), _negated=True), ("done_at", None)),
                            _connector="OR",
                        ),
                        name="disposed_of_with_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ErasureRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=torg.core.ids.new, editable=False, unique=True)),
                ("scope_id", models.UUIDField(db_index=True)),
                ("asked_by", models.CharField(max_length=200)),
                ("received_on", models.DateField()),
                ("due_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("RECEIVED", "Received"), ("ANSWERED", "Answered")], default="RECEIVED", max_length=10
                    ),
                ),
                ("language", models.CharField(blank=True, max_length=2)),
                ("letter", models.TextField(blank=True)),
                ("made_at", models.DateTimeField()),
                ("answered_at", models.DateTimeField(null=True)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="erasure_requests",
                        to="records.journalentry",
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answered_at", None), ("state", "RECEIVED")),
                            models.Q(
                                ("answered_at__isnull", False),
                                ("answered_by__isnull", False),
                                ("state", "ANSWERED"),
                                models.Q(("letter", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="erasure_answered_with_a_letter",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="LegalHold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=torg.core.ids.new, editable=False, unique=True)),
                ("scope_id", models.UUIDField(db_index=True)),
                ("because", models.CharField(max_length=300)),
                ("made_at", models.DateTimeField()),
                ("lifted_at", models.DateTimeField(null=True)),
                (
                    "case_file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="holds", to="records.casefile"
                    ),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("lifted_at", None)), fields=("case_file",), name="one_legal_hold_in_force"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("lifted_at", None), ("lifted_by", None)),
                            models.Q(("lifted_at__isnull", False), ("lifted_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="legal_hold_lifted_by_somebody",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="PartyExport",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=torg.core.ids.new, editable=False, unique=True)),
                ("party", models.JSONField(default=list)),
                ("because", models.CharField(max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("WAITING", "Being made"),
                            ("READY", "Ready to be fetched"),
                            ("EXPIRED", "Erased"),
                            ("FAILED", "Not made"),
                        ],
                        default="WAITING",
                        max_length=8,
                    ),
                ),
                ("counts", models.JSONField(default=dict)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("ordered_at", models.DateTimeField()),
                ("made_at", models.DateTimeField(null=True)),
                ("expires_at", models.DateTimeField()),
                ("fetched_at", models.DateTimeField(null=True)),
                (
                    "ordered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "EXPIRED"), _negated=True),
                        fields=["expires_at"],
                        name="exports_that_expire",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "READY"), _negated=True),
                            models.Q(models.Q(("sha256", ""), _negated=True), ("made_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="ready_export_has_a_file",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "EXPIRED"), _negated=True),
                            models.Q(("party", []), ("sha256", "")),
                            _connector="OR",
                        ),
                        name="expired_export_tells_of_nobody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Deposit",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=torg.core.ids.new, editable=False, unique=True)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("WAITING", "Being made"),
                            ("WRITTEN", "Made, and all our tests passed"),
                            ("FAULTY", "Made, but a test failed"),
                            ("FAILED", "Not made"),
                        ],
                        default="WAITING",
                        max_length=8,
                    ),
                ),
                ("is_packed", models.BooleanField(default=False)),
                ("folder", models.CharField(max_length=500)),
                ("counts", models.JSONField(default=dict)),
                ("left_out", models.PositiveIntegerField(default=0)),
                ("tests", models.JSONField(default=list)),
                ("tests_run", models.PositiveSmallIntegerField(default=0)),
                ("listing_sha256", models.CharField(blank=True, max_length=64)),
                ("tar_sha256", models.CharField(blank=True, max_length=64)),
                ("problem", models.TextField(blank=True)),
                ("made_by", models.CharField(max_length=120)),
                ("ordered_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "ordered_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))), name="deposit_ends_after_it_begins"
                    ),
                    models.UniqueConstraint(
                        models.Value(1), condition=models.Q(("state", "WAITING")), name="one_deposit_is_made_at_a_time"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_at", None), ("state", "WAITING")),
                            models.Q(models.Q(("state", "WAITING"), _negated=True), ("finished_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="deposit_finished_with_time",
                    ),
                ],
            },
        ),
        migrations.RunSQL(NEVER_DELETED, migrations.RunSQL.noop),
        migrations.RunSQL(RULE_FREEZES, migrations.RunSQL.noop),
        migrations.RunSQL(HOLD_STOPS, migrations.RunSQL.noop),
        migrations.RunPython(load, migrations.RunPython.noop),
    ]
