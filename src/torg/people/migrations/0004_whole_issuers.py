"""A log-in keeps the provider's whole address: cut off at 60 characters, two could look like one."""

from django.apps.registry import Apps
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CUT_AT = 60


def write_out(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Those that were cut off belong to the one provider that there is."""
    issuer = settings.OIDC_ISSUER
    if len(issuer) > CUT_AT:
        apps.get_model("people", "Login").objects.filter(provider=issuer[:CUT_AT]).update(provider=issuer)


class Migration(migrations.Migration):
    dependencies = [("people", "0003_stand_ins_agreed_by_two")]

    operations = [
        migrations.AlterField(model_name="login", name="provider", field=models.CharField(blank=True, max_length=255)),
        migrations.RunPython(write_out, migrations.RunPython.noop),
    ]
