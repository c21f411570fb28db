"""One text for the notices of many, in versions; and which of them a notice was written in."""

import django.db.models.deletion
import torg.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0013_notices_in_own_words"),
        ("people", "0006_employees"),
    ]

    operations = [
        migrations.CreateModel(
            name="NoticeWording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=torg.core.ids.new, editable=False, unique=True)),
                ("language", models.CharField(max_length=2)),
                ("number", models.PositiveSmallIntegerField()),
                ("did", models.TextField()),
                ("why", models.TextField()),
                ("means", models.TextField()),
                ("written_at", models.DateTimeField()),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="wordings", to="moderation.proposal"
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("proposal", "language", "number"), name="wordings_are_numbered"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("did", ""), _negated=True),
                            models.Q(("why", ""), _negated=True),
                            models.Q(("means", ""), _negated=True),
                        ),
                        name="wording_has_all_parts",
                    ),
                ]
            },
        ),
        migrations.AddField(
            model_name="notice",
            name="wording",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="moderation.noticewording"
            ),
        ),
    ]
