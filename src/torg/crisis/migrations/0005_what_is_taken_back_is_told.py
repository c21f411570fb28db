import django.db.models.deletion
from django.db import migrations, models

from torg.core.tables import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("crisis", "0004_standing_places"),
        ("people", "0007_letters_about_duties_and_leavers"),
    ]

    operations = [
        migrations.CreateModel(
            name="StatementWithdrawal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("told", models.JSONField(default=dict)),
                ("reason", models.TextField()),
                ("withdrawn_at", models.DateTimeField()),
                (
                    "statement",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="withdrawal",
                        to="crisis.statement",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="statement_withdrawal_says_why"
                    )
                ],
            },
        ),
        *append_only("crisis_statementwithdrawal"),
        migrations.RemoveConstraint(model_name="statement", name="nothing_unapproved_is_stated"),
        migrations.AlterField(
            model_name="statement",
            name="state",
            field=models.CharField(
                choices=[
                    ("DRAFT", "Being written"),
                    ("PUBLISHED", "Published"),
                    ("WITHDRAWN", "Withdrawn"),
                    ("DROPPED", "Dropped"),
                ],
                default="DRAFT",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ("PUBLISHED", "WITHDRAWN")), _negated=True),
                    models.Q(
                        ("approved_by__isnull", False),
                        ("number__isnull", False),
                        ("published_at__isnull", False),
                        ("published_version__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="nothing_unapproved_is_stated",
            ),
        ),
    ]
