"""The help numbers that a receipt at danger to life names. Each municipality checks them and ticks them off."""

from django.db import migrations

LINES = [
    ("113", "Medisinsk nødtelefon", "Medisinsk naudtelefon", "Medical emergency"),
    ("112", "Politiets nødtelefon", "Naudtelefonen til politiet", "Police emergency"),
    ("116 117", "Legevakt", "Legevakt", "Out-of-hours doctor"),
    ("116 123", "Mental Helses hjelpetelefon", "Hjelpetelefonen til Mental Helse", "Mental Helse helpline"),
    ("116 111", "Alarmtelefonen for barn og unge", "Alarmtelefonen for barn og unge", "Emergency line for children"),
]


def add(apps, schema_editor):
    lines = apps.get_model("inbox", "HelpLine").objects
    for order, (number, nb, nn, en) in enumerate(LINES, start=1):
        lines.create(order=order, number=number, name_nb=nb, name_nn=nn, name_en=en)


def remove(apps, schema_editor):
    apps.get_model("inbox", "HelpLine").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("inbox", "0002_facts_and_answers_do_not_change")]

    operations = [migrations.RunPython(add, remove)]
