"""The answer to all who asked, and rumours, in the languages of the public site. What is there was in the first one."""

from django.db import migrations, models

FORWARD = """
UPDATE crisis_question SET language = coalesce((SELECT language FROM people_municipality ORDER BY id LIMIT 1), 'nb');
UPDATE crisis_rumour SET language = coalesce((SELECT language FROM people_municipality ORDER BY id LIMIT 1), 'nb');
UPDATE crisis_question
    SET texts = jsonb_build_object(language, jsonb_build_object('question', wording, 'answer', answer))
    WHERE answer <> '';
UPDATE crisis_rumour
    SET texts = jsonb_build_object(language, jsonb_build_object('rumour', rumour, 'correction', correction));
"""
BACK = """
UPDATE crisis_question SET answer = coalesce(texts->language->>'answer', '');
UPDATE crisis_rumour SET rumour = texts->language->>'rumour', correction = texts->language->>'correction';
"""
SETTLED = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED"


class Migration(migrations.Migration):
    dependencies = [
        ("crisis", "0006_an_article_says_what_its_statement_says"),
        ("people", "0007_letters_about_duties_and_leavers"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="question", name="answered_question_says_by_whom"),
        migrations.AddField("question", "language", models.CharField(default="nb", max_length=2)),
        migrations.AddField("question", "texts", models.JSONField(default=dict)),
        migrations.AddField("rumour", "language", models.CharField(default="nb", max_length=2)),
        migrations.AddField("rumour", "texts", models.JSONField(default=dict)),
        migrations.RunSQL(FORWARD, BACK),
        # Rows were changed: what their keys promise is settled before the tables change again.
        migrations.RunSQL(SETTLED, SETTLED),
        migrations.RemoveField("question", "answer"),
        # Empty at first on the way back, where there are rumours already; the statements above fill them.
        migrations.AlterField("rumour", "rumour", models.CharField(max_length=300, blank=True)),
        migrations.AlterField("rumour", "correction", models.TextField(blank=True)),
        migrations.RemoveField("rumour", "rumour"),
        migrations.RemoveField("rumour", "correction"),
        migrations.AlterField("rumour", "texts", models.JSONField()),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.CheckConstraint(
                name="answered_question_says_by_whom",
                condition=~models.Q(state="ANSWERED") | models.Q(answered_by__isnull=False) & ~models.Q(texts={}),
            ),
        ),
    ]
