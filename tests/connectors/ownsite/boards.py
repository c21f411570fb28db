"""A board of comments in memory, which can fall silent after an act."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from torg.connectors.board import Standing, Unsure
from torg.connectors.contract import PlatformState

AT = datetime(2026, 3, 10, 9, tzinfo=UTC)
ARTICLE, COMMENT = "a-1", "c-1"


def comment(number: str = COMMENT, **changes) -> Standing:
    made = Standing(number, ARTICLE, None, "Kari", "Når åpner hallen?", False, PlatformState.VISIBLE, AT, AT, "")
    return replace(made, **changes)


@dataclass
class TinyBoard:
    """What `Board` asks for; `letters` are the private ones that went out."""

    rows: dict[str, Standing] = field(default_factory=lambda: {COMMENT: comment()})
    is_silent: bool = False
    has_address: bool = True
    letters: list[str] = field(default_factory=list)

    def find(self, external_id):
        return self.rows.get(external_id)

    def answers(self, parent_id, *, since):
        return [row for row in self.rows.values() if row.parent_id == parent_id and row.written_at > since]

    def changed(self, since, *, limit):
        rows = sorted(self.rows.values(), key=lambda row: row.changed_at)
        return [row for row in rows if since is None or row.changed_at >= since][:limit]

    def answer(self, parent_id, text):
        number = f"c-{len(self.rows) + 1}"
        return self._keep(comment(number, parent_id=parent_id, text=text, is_own=True))

    def edit(self, external_id, text):
        return self._keep(replace(self.rows[external_id], text=text))

    def change(self, external_id, state):
        return self._keep(replace(self.rows[external_id], state=state))

    def write_privately(self, external_id, text):
        if self.has_address:
            self.letters.append(text)
        return self.has_address

    def _keep(self, row: Standing) -> Standing:
        self.rows[row.external_id] = replace(row, changed_at=AT + timedelta(seconds=len(self.rows)))
        if self.is_silent:
            raise Unsure
        return self.rows[row.external_id]
