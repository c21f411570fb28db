"""A goal may take its figure from what a platform tells, or from what we count."""

from typing import Any

from django.db import migrations, models


def bind_those_that_were_measured(apps: Any, _schema_editor: Any) -> None:
    """Goals that fetched figures measured until now go on being measured by them; their line is the fetched one."""
    goals, values = apps.get_model("registry", "PresenceGoal"), apps.get_model("registry", "Measurement")
    fetched = values.objects.filter(recorded_by=None, source="Facebook: followers_count", goal__measure="FOLLOWERS")
    goals.objects.filter(pk__in=fetched.values("goal")).update(platform="facebook", code="followers_count")


class Migration(migrations.Migration):
    dependencies = [
        ("registry", "0005_what_platforms_told_stays"),
    ]

    operations = [
        migrations.AddField(
            model_name="presencegoal",
            name="code",
            field=models.CharField(blank=True, default="", max_length=60),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="presencegoal",
            name="platform",
            field=models.CharField(blank=True, default="", max_length=20),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="presencegoal",
            name="unit_of_measure",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AlterField(
            model_name="presencegoal",
            name="measure",
            field=models.CharField(
                choices=[
                    ("FOLLOWERS", "Followers or members"),
                    ("REACH", "People reached"),
                    ("VIEWS", "Views"),
                    ("ENGAGEMENT", "Comments, shares and reactions"),
                    ("POSTS", "Our own posts"),
                    ("IN_TIME", "Questions answered in time"),
                    ("OTHER", "Something else"),
                ],
                max_length=12,
            ),
        ),
        migrations.RunPython(bind_those_that_were_measured, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="presencegoal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("code", ""), ("platform", ""), models.Q(("unit_of_measure", ""), _negated=True)),
                    models.Q(models.Q(("platform", ""), _negated=True), models.Q(("code", ""), _negated=True)),
                    _connector="OR",
                ),
                name="goal_is_measured_in_something",
            ),
        ),
    ]
