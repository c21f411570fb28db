"""The platform's word on who has access counts while it tells all, and no longer."""

from typing import Any

from django.db import migrations, models
from django.db.models import Case, F, Q, When


def say_until_when(apps: Any, _schema_editor: Any) -> None:
    """What was read last was whole then; where it was a part, nobody knows more than when it was whole first."""
    until = Case(When(is_whole=True, then=F("read_at")), default=F("whole_since_at"))
    apps.get_model("registry", "AccessReading").objects.exclude(whole_since_at=None).update(whole_until_at=until)


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0009_privacy_near_the_vulnerable"),
    ]

    operations = [
        migrations.AddField(
            model_name="accessreading",
            name="whole_until_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(say_until_when, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="accessreading",
            constraint=models.CheckConstraint(
                condition=Q(
                    Q(("whole_since_at", None), ("whole_until_at", None)),
                    ("whole_until_at__gte", F("whole_since_at")),
                    _connector="OR",
                ),
                name="a_whole_list_is_told_from_when_to_when",
            ),
        ),
    ]
