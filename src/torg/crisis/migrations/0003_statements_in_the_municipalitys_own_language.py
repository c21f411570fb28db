"""Statements are written first in the municipality's own language."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("crisis", "0002_what_was_said_stays")]

    operations = [
        migrations.AddField("statement", "language", models.CharField(default="nb", max_length=2)),
    ]
