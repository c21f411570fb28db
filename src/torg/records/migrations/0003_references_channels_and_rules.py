"""The legal references, how channels are treated, and the rules that one can switch on: data, as shipped."""

import json
from pathlib import Path

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

DATA = Path(__file__).resolve().parents[1] / "data"


def load(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Rows that are there already stay: a municipality may have changed them."""
    reference = apps.get_model("records", "LegalReference")
    replaced = {}
    for row in _rows("legal_references"):
        replaced[row["code"]] = row.pop("replaced_by")
        reference.objects.get_or_create(code=row.pop("code"), defaults=row)
    for code, newer in replaced.items():
        if newer:
            reference.objects.filter(code=code).update(replaced_by=reference.objects.get(code=newer))
    for row in _rows("channels"):
        apps.get_model("records", "ChannelDefault").objects.get_or_create(channel=row.pop("channel"), defaults=row)
    for row in _rows("rules"):
        apps.get_model("records", "AssessmentRule").objects.get_or_create(name=row.pop("name"), version=1, defaults=row)


def _rows(name: str) -> list[dict[str, object]]:
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


class Migration(migrations.Migration):
    dependencies = [("records", "0002_what_is_journaled_freezes")]

    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
