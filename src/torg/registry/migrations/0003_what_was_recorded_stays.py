"""What somebody has measured, found or recorded is added to, never rewritten."""

from django.db import migrations

from torg.core.tables import append_only

TABLES = (
    "measurement",
    "custody",
    "profilecheck",
    "privacyassessment",
    "review",
    "groupterms",
    "succession",
    "closure",
)


class Migration(migrations.Migration):
    dependencies = [("registry", "0002_what_is_registered_of_a_presence")]

    operations = [operation for table in TABLES for operation in append_only(f"registry_{table}")]
