"""One verb is one function with `by` and `at`, one transaction, one audit event."""

import ast

import pytest

from tests.architecture import source

# Their commands run inside another room's command, whose event is the trace.
INNER_ROOMS = {"audit", "outbox", "files"}


def public_functions():
    for path, tree in source.command_modules():
        room = path.relative_to(source.PACKAGE).parts[0]
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield pytest.param(room, node, id=f"{room}.{node.name}")


def argument_names(function: ast.FunctionDef) -> set[str]:
    return {argument.arg for argument in function.args.kwonlyargs}


def calls(function: ast.FunctionDef) -> set[str]:
    return {ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}


@pytest.mark.parametrize(("room", "function"), list(public_functions()))
def test_a_command_takes_only_named_arguments(room, function):
    assert function.args.args == [], "write `*` before the first argument"


@pytest.mark.parametrize(("room", "function"), list(public_functions()))
def test_a_command_is_told_the_time(room, function):
    assert "at" in argument_names(function)


@pytest.mark.parametrize(("room", "function"), list(public_functions()))
def test_a_command_says_who_acts_and_leaves_a_trace(room, function):
    if room in INNER_ROOMS:
        pytest.skip("runs inside another room's command")

    assert "by" in argument_names(function)
    assert "audit.record" in calls(function) or "audit.record_batch" in calls(function)
    assert any("atomic" in ast.unparse(decorator) for decorator in function.decorator_list), (
        "one command, one transaction"
    )
