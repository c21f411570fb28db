"""Small rules that keep the house in order."""

import ast
import importlib
import pkgutil
import re
import tomllib
from datetime import date

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

import torg
from tests.architecture import source

# Pages of installed libraries, and why each stands open.
PAGES_OF_LIBRARIES = {
    "account/": "signing in, by django-allauth; its own decorators guard what needs a person",
    "static/": "style sheets, scripts and pictures",
    "i18n/": "choosing a language",
    "api/v1/": "by django-ninja; every operation demands a token, which tests/api walks through",
}
EXCEPTIONS_ALLOWED = 12
REGISTRY_ADDRESS = re.compile(r"(registry\.npmjs|files\.pythonhosted|pypi\.org/(simple|packages)|deb\.debian)")


def patterns(resolver=None, prefix=""):
    for entry in (resolver or get_resolver()).url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, address)
        elif isinstance(entry, URLPattern):
            yield address, entry.callback


def test_every_page_names_its_permission_or_says_why_it_is_public():
    silent = [
        address
        for address, view in patterns()
        if not hasattr(view, "torg_access") and not address.startswith(tuple(PAGES_OF_LIBRARIES))
    ]

    assert silent == []


def test_no_model_reads_the_clock_by_itself():
    automatic = [
        f"{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("torg.")
        for field in model._meta.local_fields
        if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    ]

    assert automatic == []


def test_every_event_is_unique_and_has_a_sentence_to_show():
    seen = {}
    for _, name, _ in pkgutil.walk_packages(torg.__path__, "torg."):
        if not name.endswith(".events"):
            continue
        for constant, event in vars(importlib.import_module(name)).items():
            if not constant.isupper():
                continue
            assert event.name not in seen, f"{name}.{constant} repeats {event.name} of {seen[event.name]}"
            assert str(event.sentence).strip(), f"{name}.{constant} has no sentence"
            seen[event.name] = name


def test_exceptions_to_the_tools_are_counted_and_only_fall():
    marks = re.compile(r"#\s*(noqa|type:\s*ignore|pragma:\s*no cover)")
    found = sum(len(marks.findall(path.read_text())) for path in source.PACKAGE.rglob("*.py"))
    contracts = tomllib.loads((source.ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]

    assert [contract["name"] for contract in contracts if "ignore_imports" in contract] == []
    assert found <= EXCEPTIONS_ALLOWED


def test_no_template_carries_a_style_or_a_script_of_its_own():
    # The content security policy allows neither, and a page that breaks it breaks silently.
    inline = re.compile(r"\sstyle=|<style|<script(?![^>]*\ssrc=)|\son[a-z]+=", re.IGNORECASE)
    found = [str(path.relative_to(source.ROOT)) for path in source.templates() if inline.search(path.read_text())]

    assert found == []


def test_no_template_is_told_that_text_is_safe():
    found = [
        str(path.relative_to(source.ROOT))
        for path in source.templates()
        if re.search(r"\|\s*safe\b|autoescape off", path.read_text())
    ]

    assert found == []


def test_no_text_for_people_stands_inside_a_formatted_string_where_it_is_never_gathered():
    asks = {"_", "gettext", "ngettext", "pgettext", "npgettext"}
    hidden = [
        f"{path.relative_to(source.ROOT)}:{call.lineno}"
        for path, tree in source.modules()
        for text in ast.walk(tree)
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in asks
    ]

    assert hidden == []


def test_migrations_are_named_by_intent():
    named_by_machine = [path.name for path in source.PACKAGE.glob("*/migrations/*.py") if "_auto_" in path.name]

    assert named_by_machine == []


def test_no_address_of_a_package_registry_is_committed():
    found = [
        str(path.relative_to(source.ROOT))
        for path in source.tracked_files()
        if path.suffix in {".lock", ".json", ".toml", ".txt", ".md", ".npmrc", ".yaml", ""}
        if path.stat().st_size < 2_000_000 and REGISTRY_ADDRESS.search(path.read_text(errors="ignore"))
    ]

    assert found == []


def test_nothing_is_left_for_later_without_an_issue_number():
    pending = re.compile(r"#.*\b(TODO|FIXME|XXX|HACK)\b(?!.*#\d+)")
    found = [
        str(path.relative_to(source.ROOT)) for path in source.PACKAGE.rglob("*.py") if pending.search(path.read_text())
    ]

    assert found == []


def test_no_module_has_a_name_that_says_nothing():
    vague = {"utils", "helpers", "services", "misc", "common"}
    found = [
        str(path.relative_to(source.PACKAGE))
        for path in source.PACKAGE.rglob("*")
        if path.stem in vague and path.relative_to(source.PACKAGE).parts[:2] != ("connectors", "services")
    ]

    assert found == []


def test_every_module_says_what_is_in_it():
    silent = [
        str(path.relative_to(source.PACKAGE))
        for path, tree in source.modules()
        if "migrations" not in path.parts and tree.body and ast.get_docstring(tree) is None
    ]

    assert silent == []


def test_every_connector_passes_the_contract_suite():
    platforms = [
        path.name for path in (source.PACKAGE / "connectors" / "channels").iterdir() if (path / "connector.py").exists()
    ]
    untested = [
        name for name in platforms if not (source.ROOT / "tests" / "connectors" / name / "test_contract.py").exists()
    ]

    assert untested == []


def test_architecture_decisions_are_dated_and_short():
    for path in sorted((source.ROOT / "docs" / "adr").glob("[0-9]*.md")):
        text = path.read_text()
        assert len(text.split()) <= 450, f"{path.name} is too long"
        dated = re.search(r"\d{4}-\d{2}-\d{2}", text)
        assert dated and date.fromisoformat(dated.group())
        for heading in ("Context", "Decision", "Consequences", "Alternatives"):
            assert f"## {heading}" in text, f"{path.name} lacks {heading}"
