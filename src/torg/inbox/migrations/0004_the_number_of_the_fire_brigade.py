"""The fire brigade's number, after the police's: an emergency that is happening now can be a fire."""

from django.db import migrations
from django.db.models import F

AFTER_THE_POLICE = 3


def add(apps, schema_editor):
    lines = apps.get_model("inbox", "HelpLine").objects
    if lines.filter(number="110").exists():
        return
    lines.filter(order__gte=AFTER_THE_POLICE).update(order=F("order") + 1)
    lines.create(
        order=AFTER_THE_POLICE,
        number="110",
        name_nb="Nødtelefon for brann",
        name_nn="Naudtelefon for brann",
        name_en="Fire emergency",
    )


def remove(apps, schema_editor):
    lines = apps.get_model("inbox", "HelpLine").objects
    lines.filter(number="110").delete()
    lines.filter(order__gt=AFTER_THE_POLICE).update(order=F("order") - 1)


class Migration(migrations.Migration):
    dependencies = [("inbox", "0003_numbers_of_those_who_help")]

    operations = [migrations.RunPython(add, remove)]
