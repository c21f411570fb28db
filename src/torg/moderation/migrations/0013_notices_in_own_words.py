"""Who put a notice in their own words."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0012_a_second_opinion_stands"),
        ("people", "0004_whole_issuers"),
    ]

    operations = [
        migrations.AddField(
            model_name="notice",
            name="edited_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
            ),
        ),
    ]
