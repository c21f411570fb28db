"""What a platform has told stands as it was told."""

from django.db import migrations

from torg.core.tables import append_only


class Migration(migrations.Migration):
    dependencies = [("registry", "0004_what_platforms_tell")]

    operations = [
        operation for table in ("profiletold", "figuretold") for operation in append_only(f"registry_{table}")
    ]
