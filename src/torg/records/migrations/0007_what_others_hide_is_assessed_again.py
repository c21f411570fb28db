"""How far what was hidden or deleted by others had come when a subject was assessed."""

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("records", "0006_preservation")]
    operations: ClassVar = [
        migrations.AddField(
            model_name="assessment",
            name="state_mark",
            field=models.BigIntegerField(default=0),
        ),
    ]
