"""New tables that stand side by side are made together, in the same order; nothing else of a migration changes."""

from django.db import models
from django.db.migrations import CreateModel, RunSQL
from django.db.migrations.state import ProjectState

from torg.core.migrating import CreateModels, MigrationOfMany


def table(name: str, **fields: models.Field) -> CreateModel:
    return CreateModel(name, [("id", models.BigAutoField(primary_key=True)), *fields.items()])


class Two(MigrationOfMany):
    """Two tables, a statement between, and a third that leads to the first."""

    operations = (
        table("Page"),
        table("Post", page=models.ForeignKey("trial.Page", models.PROTECT)),
        RunSQL("SELECT 1"),
        table("Answer", post=models.ForeignKey("trial.Post", models.PROTECT)),
    )


def test_tables_side_by_side_are_one_operation_and_the_order_stays():
    together, statement, alone = Two("0001_trial", "trial").operations

    assert [one.name for one in together.operations] == ["Page", "Post"]
    assert isinstance(statement, RunSQL)
    assert alone.describe() == "Create models Answer"


def test_the_models_are_those_that_django_would_have_made():
    state = Two("0001_trial", "trial").mutate_state(ProjectState())

    assert set(state.models) == {("trial", "page"), ("trial", "post"), ("trial", "answer")}
    assert state.apps.get_model("trial", "Answer")._meta.get_field("post").related_model.__name__ == "Post"


def test_what_was_drawn_before_the_new_tables_is_drawn_again():
    state = ProjectState()
    assert not list(state.apps.get_models())

    CreateModels([table("Page")]).state_forwards("trial", state)

    assert [model.__name__ for model in state.apps.get_models()] == ["Page"]
