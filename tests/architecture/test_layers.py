"""What the import linter cannot see: foreign keys written as strings, template includes, raw SQL."""

import re

from django.apps import apps
from django.db import connection

from tests.architecture import source

INCLUDE = re.compile(r"""{%\s*(?:include|extends)\s+["']([^"'#]+)""")


def our_models():
    return [model for model in apps.get_models() if model.__module__.startswith("torg.")]


def room_of(model) -> str:
    return model.__module__.split(".")[1]


def test_foreign_keys_point_to_the_same_room_or_downwards():
    upwards = [
        f"{model.__name__}.{field.name} -> {field.related_model.__name__}"
        for model in our_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model.__module__.startswith("torg.")
        if room_of(field.related_model) != room_of(model)
        and source.height(room_of(field.related_model)) >= source.height(room_of(model))
    ]

    assert upwards == []


def test_the_lowest_rooms_hold_no_foreign_keys_to_other_rooms():
    leaving = [
        f"{model.__name__}.{field.name}"
        for model in our_models()
        if room_of(model) in {"audit", "outbox", "files"}
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and room_of(field.related_model) != room_of(model)
    ]

    assert leaving == []


def test_templates_include_only_their_own_rooms_parts_and_the_shared_ones():
    strangers = []
    for path in source.templates():
        room = path.relative_to(source.PACKAGE).parts[0]
        for name in INCLUDE.findall(path.read_text()):
            owner = name.split("/")[0]
            is_a_part = len(name.split("/")) > 2 and name.split("/")[1] == "parts"
            if (
                owner in {room, "ui"}
                or (room in {"desk", "site"} and is_a_part)
                or owner in {"allauth", "account", "mfa"}
            ):
                continue
            strangers.append(f"{path.relative_to(source.PACKAGE)} takes {name}")

    assert strangers == []


def test_no_foreign_key_points_into_a_partitioned_table(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.conrelid::regclass::text, c.confrelid::regclass::text FROM pg_constraint c "
            "JOIN pg_class t ON t.oid = c.confrelid WHERE c.contype = 'f' AND (t.relkind = 'p' OR t.relispartition)"
        )
        found = cursor.fetchall()

    assert found == []
