import django.db.models.deletion
import torg.core.ids
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("crisis", "0003_statements_in_the_municipalitys_own_language"),
        ("people", "0006_employees"),
    ]

    operations = [
        migrations.CreateModel(
            name="StandingSeat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.UUIDField(default=torg.core.ids.new, editable=False, unique=True)),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("LEAD", "Leads"),
                            ("COMMUNICATION", "Leads communication"),
                            ("WRITER", "Writes statements"),
                            ("ANSWERER", "Answers questions"),
                            ("LOGKEEPER", "Keeps the log"),
                            ("LIAISON", "Contact with police, health service and others"),
                        ],
                        max_length=15,
                    ),
                ),
                ("may_approve", models.BooleanField(default=False)),
                ("call_order", models.PositiveSmallIntegerField(default=1)),
                ("made_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.person"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("person",), name="one_standing_place"
                    )
                ],
            },
        ),
    ]
