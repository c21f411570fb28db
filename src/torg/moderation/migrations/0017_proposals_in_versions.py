"""A proposal that waits can be replaced by a newer version; each version stays as it was."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0016_rules_word_their_notices"),
    ]

    operations = [
        migrations.AddField(
            model_name="proposal",
            name="number",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AddField(
            model_name="proposal",
            name="revises",
            field=models.OneToOneField(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="revised_by",
                to="moderation.proposal",
            ),
        ),
        migrations.AlterField(
            model_name="proposal",
            name="state",
            field=models.CharField(
                choices=[
                    ("WAITING", "Waiting for a second person"),
                    ("AGREED", "Agreed"),
                    ("RETURNED", "Sent back"),
                    ("WITHDRAWN", "Withdrawn"),
                    ("REVISED", "Replaced by a newer version"),
                ],
                default="WAITING",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("number", 1), ("revises", None)),
                    models.Q(("number__gt", 1), ("revises__isnull", False)),
                    _connector="OR",
                ),
                name="later_versions_of_a_proposal_follow_another",
            ),
        ),
    ]
