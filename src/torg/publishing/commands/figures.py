"""Writing down how posts have done, as their platforms tell it."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from torg.audit import commands as audit
from torg.connectors.contract import Measured
from torg.core.actors import Actor, Rule
from torg.publishing import events
from torg.publishing.metrics import definition_of
from torg.publishing.models import ChannelPost, Figure, Metric

READING = Rule("publishing.figures", "1")


@transaction.atomic
def note_figures(*, post_id: UUID, measured: Sequence[Measured], by: Actor = READING, at: datetime) -> list[Figure]:
    """Note what a platform told of a post, each figure under its definition; codes that we do not know are left.

    Args:
        post_id: the post's public id.
        measured: codes and values as the platform named them.
        by: the rule that reads.
        at: when it was read.
    """
    post = ChannelPost.objects.select_related("connection").get(public_id=post_id)
    noted = []
    for told in measured:
        definition = definition_of(post.connection.platform, told.code)
        if definition is None:
            continue
        metric, _is_new = Metric.objects.get_or_create(
            platform=post.connection.platform,
            code=definition.code,
            version=definition.version,
            defaults={"quantity": definition.quantity, "defined_on": definition.defined_on},
        )
        noted.append(Figure(post=post, metric=metric, value=told.value, measured_at=at))
    Figure.objects.bulk_create(noted, ignore_conflicts=True)
    facts = {"figures": len(noted)}
    audit.record(events.MEASURED, actor=by, scope=post.scope_id, target=post, at=at, facts=facts)
    return noted
