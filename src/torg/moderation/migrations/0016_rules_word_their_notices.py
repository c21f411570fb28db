"""What authors are told beside a rule: part of the version, kept as it was published like all of it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0015_words_stay_as_agreed"),
    ]

    operations = [
        migrations.AddField(
            model_name="ruleversion",
            name="notice_en",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="ruleversion",
            name="notice_nb",
            field=models.TextField(blank=True),
        ),
        migrations.AddField(
            model_name="ruleversion",
            name="notice_nn",
            field=models.TextField(blank=True),
        ),
        migrations.AddConstraint(
            model_name="ruleversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "DRAFT"),
                    models.Q(("notice_en", ""), ("notice_nb", ""), ("notice_nn", "")),
                    models.Q(("notice_nb", ""), ("notice_nn", ""), ("notice_en", ""), _connector="OR", _negated=True),
                    _connector="OR",
                ),
                name="published_rules_word_notices_in_all_languages_or_none",
            ),
        ),
    ]
