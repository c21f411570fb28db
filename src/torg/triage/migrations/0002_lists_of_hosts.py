"""The lists of hosts: what stands on them is taken off and never deleted, and each change of them is kept."""

import django.contrib.postgres.fields
import django.db.models.deletion
import torg.core.ids
from django.db import migrations, models

from torg.core.tables import append_only

KEEP = """
CREATE FUNCTION triage_keep_listed_host() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.ended_in_id IS NULL AND to_jsonb(OLD) - 'ended_in_id' = to_jsonb(NEW) - 'ended_in_id' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a listed host is taken off, once' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE TRIGGER triage_listed_hosts_stay BEFORE UPDATE OR DELETE ON triage_listedhost
    FOR EACH ROW EXECUTE FUNCTION triage_keep_listed_host();
"""
LET_GO = "DROP TRIGGER triage_listed_hosts_stay ON triage_listedhost; DROP FUNCTION triage_keep_listed_host();"


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0007_letters_about_duties_and_leavers"),
        ("triage", "0001_findings_and_assessments"),
    ]

    operations = [
        migrations.CreateModel(
            name="HostChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=torg.core.ids.new, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("BLOCKED", "Blocked"), ("TRUSTED", "Trusted"), ("SHORTENER", "Short link service")],
                        max_length=9,
                    ),
                ),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("BY_HAND", "Listed by hand"),
                            ("FROM_FILE", "Taken over from a file"),
                            ("TAKEN_OFF", "Taken off the list"),
                        ],
                        max_length=9,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("listed", models.PositiveIntegerField(default=0)),
                ("ended", models.PositiveIntegerField(default=0)),
                ("made_at", models.DateTimeField()),
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
                        condition=models.Q(("kind__in", ["BLOCKED", "TRUSTED", "SHORTENER"])),
                        name="host_change_kind_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "BLOCKED"), ("listed__gt", 0), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="blocking_a_host_says_why",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="HostFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=torg.core.ids.new, editable=False, unique=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[("BLOCKED", "Blocked"), ("TRUSTED", "Trusted"), ("SHORTENER", "Short link service")],
                        max_length=9,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "hosts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=253), default=list, size=None
                    ),
                ),
                (
                    "reasons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(blank=True, max_length=300), default=list, size=None
                    ),
                ),
                (
                    "refused",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveIntegerField(), default=list, size=None
                    ),
                ),
                ("refused_count", models.PositiveIntegerField(default=0)),
                ("read_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "change",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="file",
                        to="triage.hostchange",
                    ),
                ),
                (
                    "read_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at", None), models.Q(("hosts", []), ("reasons", [])), _connector="OR"
                        ),
                        name="a_file_of_hosts_is_emptied_when_it_ends",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("change", None), ("ended_at__isnull", False), _connector="OR"),
                        name="a_file_of_hosts_is_taken_over_when_it_ends",
                    ),
                ]
            },
        ),
        migrations.CreateModel(
            name="ListedHost",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=torg.core.ids.new, editable=False, unique=True)),
                ("name", models.CharField(max_length=253)),
                (
                    "kind",
                    models.CharField(
                        choices=[("BLOCKED", "Blocked"), ("TRUSTED", "Trusted"), ("SHORTENER", "Short link service")],
                        max_length=9,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                (
                    "ended_in",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ended_hosts",
                        to="triage.hostchange",
                    ),
                ),
                (
                    "listed_in",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="hosts", to="triage.hostchange"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_in", None)), fields=("name",), name="a_host_is_on_one_list"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("name__regex", "^[a-z0-9.:_-]+$")),
                        name="a_host_is_named_as_the_network_does",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "BLOCKED"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_blocked_host_has_a_reason",
                    ),
                ]
            },
        ),
        migrations.RunSQL(KEEP, LET_GO),
        *append_only("triage_hostchange"),
    ]
