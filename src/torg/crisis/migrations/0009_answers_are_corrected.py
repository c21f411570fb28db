"""An answer stands in versions, so that it can be corrected; what was answered before is the first of them."""

import django.db.models.deletion
from django.db import migrations, models

import torg.core.ids
from torg.core.tables import append_only

FORWARD = """
INSERT INTO crisis_answerversion (question_id, number, texts, told, made_by_id, made_at)
    SELECT id, 1, texts, '{}', answered_by_id, coalesce(answered_at, first_asked_at)
    FROM crisis_question WHERE texts <> '{}' AND answered_by_id IS NOT NULL;
UPDATE crisis_question SET answer_id = v.id FROM crisis_answerversion v WHERE v.question_id = crisis_question.id;
UPDATE crisis_asked SET version_id = q.answer_id FROM crisis_question q
    WHERE q.id = question_id AND (reply_id IS NOT NULL OR crisis_asked.answered_at IS NOT NULL);
"""
BACK = "UPDATE crisis_question SET texts = v.texts FROM crisis_answerversion v WHERE v.id = answer_id;"
SETTLED = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED"
PROTECT = django.db.models.deletion.PROTECT


class Migration(migrations.Migration):
    dependencies = [
        ("crisis", "0008_gateways_are_read_by_rule"),
        ("inbox", "0004_the_number_of_the_fire_brigade"),
        ("people", "0007_letters_about_duties_and_leavers"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="question", name="answered_question_says_by_whom"),
        migrations.CreateModel(
            name="AnswerVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("texts", models.JSONField()),
                ("told", models.JSONField(default=dict)),
                ("made_at", models.DateTimeField()),
                ("made_by", models.ForeignKey(on_delete=PROTECT, related_name="+", to="people.person")),
                ("question", models.ForeignKey(on_delete=PROTECT, related_name="versions", to="crisis.question")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("question", "number"), name="one_version_per_number_in_an_answer"),
                    models.CheckConstraint(
                        condition=models.Q(("number", 1), ("told", {}))
                        | models.Q(models.Q(("number__gt", 1)), models.Q(("told", {}), _negated=True)),
                        name="corrected_answer_says_what_was_wrong",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CorrectedReply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=torg.core.ids.new, editable=False, unique=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                ("problem", models.CharField(blank=True, max_length=300)),
                ("asked", models.ForeignKey(on_delete=PROTECT, related_name="corrections", to="crisis.asked")),
                (
                    "reply",
                    models.OneToOneField(blank=True, null=True, on_delete=PROTECT, related_name="+", to="inbox.answer"),
                ),
                ("version", models.ForeignKey(on_delete=PROTECT, related_name="+", to="crisis.answerversion")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("asked", "version"), name="one_corrected_reply_per_version"),
                ],
            },
        ),
        migrations.AddField(
            "question",
            "answer",
            models.ForeignKey(blank=True, null=True, on_delete=PROTECT, related_name="+", to="crisis.answerversion"),
        ),
        migrations.AddField(
            "asked",
            "version",
            models.ForeignKey(blank=True, null=True, on_delete=PROTECT, related_name="+", to="crisis.answerversion"),
        ),
        migrations.RunSQL(FORWARD, BACK),
        # Rows were changed: what their keys promise is settled before the tables change again.
        migrations.RunSQL(SETTLED, SETTLED),
        migrations.RemoveField("question", "texts"),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                name="answered_question_says_by_whom",
                condition=~models.Q(state="ANSWERED") | models.Q(answered_by__isnull=False, answer__isnull=False),
            ),
        ),
        *append_only("crisis_answerversion"),
    ]
