"""Migrations of our own: several tables in one go, and a privilege taken away."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import CreateModel, Migration
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class CreateModels(Operation):
    """The tables of one migration together, where Django would draw the whole schema anew for each.

    For every single new table Django renders all models that are related to it, which through persons and pages are
    nearly all: three quarters of the time of a first migration. Together they are rendered once. The SQL is the same.
    """

    def __init__(self, operations: Sequence[CreateModel]) -> None:
        self.operations = operations

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """As a migration file names it."""
        return (type(self).__qualname__, [], {"operations": self.operations})

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The new models beside the old; those drawn already are drawn again when somebody asks."""
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Make each table, in the order in which they stand."""
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Drop each table, the last one first."""
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """For `migrate --plan`."""
        return "Create models " + ", ".join(operation.name for operation in self.operations)


class Revoke(Operation):
    """Takes privileges on a table from the application's role, where there is one. Changes no model."""

    def __init__(self, table: str, privileges: str) -> None:
        self.table = table
        self.privileges = privileges

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        """As a migration file names it."""
        return (type(self).__qualname__, [self.table, self.privileges], {})

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """No model changes."""

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Take them."""
        if settings.APP_DATABASE_ROLE:
            schema_editor.execute(f'REVOKE {self.privileges} ON {self.table} FROM "{settings.APP_DATABASE_ROLE}"')

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """What was taken is not given back."""

    def describe(self) -> str:
        """For `migrate --plan`."""
        return f"Revoke {self.privileges} on {self.table}"


class MigrationOfMany(Migration):
    """A migration written as Django writes it, whose new tables that stand side by side are made together."""

    def __init_subclass__(cls) -> None:
        cls.operations = list(_together(cls.operations))


def _together(operations: Iterable[Operation]) -> Iterator[Operation]:
    for are_new, run in groupby(operations, key=lambda operation: isinstance(operation, CreateModel)):
        if are_new:
            yield CreateModels([operation for operation in run if isinstance(operation, CreateModel)])
        else:
            yield from run
