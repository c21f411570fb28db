"""The rulebook: rules and their versions; a published version is never changed, only withdrawn, and once."""

import django.contrib.postgres.fields
import django.db.models.deletion
import torg.core.ids
from django.db import migrations, models

from torg.core.tables import REFUSE_CHANGE
from torg.core.migrating import MigrationOfMany

KEEP = """
CREATE FUNCTION moderation_keep_rule() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.state <> 'PUBLISHED' THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.ended_at IS NULL
        AND to_jsonb(OLD) - 'ended_at' - 'ended_by_id' = to_jsonb(NEW) - 'ended_at' - 'ended_by_id' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a published rule is changed by a new version' USING ERRCODE = 'insufficient_privilege';
END $$;
CREATE FUNCTION moderation_keep_rule_number() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (OLD.code, OLD.number) IS DISTINCT FROM (NEW.code, NEW.number) THEN
        RAISE EXCEPTION 'the code and number of a rule never change' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER moderation_published_rules_stand BEFORE UPDATE OR DELETE ON moderation_ruleversion
    FOR EACH ROW EXECUTE FUNCTION moderation_keep_rule();
CREATE TRIGGER moderation_ruleversion_no_truncate BEFORE TRUNCATE ON moderation_ruleversion
    FOR EACH STATEMENT EXECUTE FUNCTION torg_refuse_change();
CREATE TRIGGER moderation_rules_keep_their_number BEFORE UPDATE ON moderation_rule
    FOR EACH ROW EXECUTE FUNCTION moderation_keep_rule_number();
"""
LET_GO = """
DROP TRIGGER moderation_published_rules_stand ON moderation_ruleversion;
DROP TRIGGER moderation_ruleversion_no_truncate ON moderation_ruleversion;
DROP TRIGGER moderation_rules_keep_their_number ON moderation_rule;
DROP FUNCTION moderation_keep_rule();
DROP FUNCTION moderation_keep_rule_number();
"""


class Migration(MigrationOfMany):
    initial = True

    dependencies = [
        ("people", "0002_two_people_providers_and_scope_names"),
    ]

    operations = [
        migrations.CreateModel(
            name="Rule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=torg.core.ids.new, editable=False, unique=True)),
                ("code", models.SlugField(max_length=30, unique=True)),
                ("number", models.PositiveSmallIntegerField(unique=True)),
                (
                    "finding_kinds",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RuleVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=torg.core.ids.new, editable=False, unique=True)),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("DRAFT", "Draft"), ("PUBLISHED", "Published")], default="DRAFT", max_length=10
                    ),
                ),
                (
                    "basis",
                    models.CharField(choices=[("LAW", "Norwegian law"), ("HOUSE", "Our own rules")], max_length=6),
                ),
                (
                    "severity",
                    models.CharField(
                        choices=[
                            ("GUIDING", "Only guidance"),
                            ("MILD", "Mild"),
                            ("SERIOUS", "Serious"),
                            ("SEVERE", "Severe"),
                        ],
                        max_length=8,
                    ),
                ),
                ("title_nb", models.CharField(max_length=120)),
                ("title_nn", models.CharField(blank=True, max_length=120)),
                ("title_en", models.CharField(blank=True, max_length=120)),
                ("text_nb", models.TextField(blank=True)),
                ("text_nn", models.TextField(blank=True)),
                ("text_en", models.TextField(blank=True)),
                ("breaches_nb", models.TextField(blank=True)),
                ("breaches_nn", models.TextField(blank=True)),
                ("breaches_en", models.TextField(blank=True)),
                ("allowed_nb", models.TextField(blank=True)),
                ("allowed_nn", models.TextField(blank=True)),
                ("allowed_en", models.TextField(blank=True)),
                ("law_nb", models.CharField(blank=True, max_length=300)),
                ("law_nn", models.CharField(blank=True, max_length=300)),
                ("law_en", models.CharField(blank=True, max_length=300)),
                ("is_law_checked", models.BooleanField(default=False)),
                ("drafted_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(null=True)),
                ("valid_from", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "drafted_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="moderation.rule"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("valid_from", None), _negated=True),
                        fields=["rule", "-valid_from"],
                        name="versions_by_beginning",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("rule", "number"), name="versions_of_a_rule_are_numbered"),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "DRAFT")), fields=("rule",), name="one_draft_of_a_rule"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_from", None), _negated=True),
                        fields=("rule", "valid_from"),
                        name="one_version_begins_at_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at", None), ("published_at", None), ("state", "DRAFT"), ("valid_from", None)
                            ),
                            models.Q(
                                ("published_at__isnull", False), ("state", "PUBLISHED"), ("valid_from__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="published_rules_are_dated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "DRAFT"),
                            models.Q(
                                ("title_nb", ""),
                                ("title_nn", ""),
                                ("title_en", ""),
                                ("text_nb", ""),
                                ("text_nn", ""),
                                ("text_en", ""),
                                _connector="OR",
                                _negated=True,
                            ),
                            _connector="OR",
                        ),
                        name="published_rules_are_worded_in_every_language",
                    ),
                ],
            },
        ),
        migrations.RunSQL(REFUSE_CHANGE, migrations.RunSQL.noop),
        migrations.RunSQL(KEEP, LET_GO),
    ]
