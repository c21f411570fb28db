"""What was stated, logged, reported and learnt: written once, and never changed."""

from django.db import migrations

from torg.core.tables import append_only

KEPT = (
    "crisis_statementversion",
    "crisis_logentry",
    "crisis_situationreport",
    "crisis_lesson",
    "crisis_callout",
)


class Migration(migrations.Migration):
    dependencies = [("crisis", "0001_incidents")]

    operations = [operation for table in KEPT for operation in append_only(table)]
