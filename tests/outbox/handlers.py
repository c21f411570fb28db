"""A handler that does as it is told, and remembers what reached the outside."""

from torg.connectors.contract import Done


class FakeHandler:
    """`answers` are errors to raise or results to give, in order; then it succeeds."""

    def __init__(self):
        self.answers = []
        self.takes_effect = True
        self.performed = []
        self.matches = []
        self.told = []
        self.owner_breaks = False
        self.while_performing = lambda act: None

    def perform(self, act):
        self.while_performing(act)
        answer = self.answers.pop(0) if self.answers else Done(external_id=f"out-{len(self.performed) + 1}")
        if self.takes_effect:
            self.performed.append(act.payload["text"])
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def look(self, act, since):
        if isinstance(self.matches, BaseException):
            raise self.matches
        return self.matches

    def on_outcome(self, act, at):
        if self.owner_breaks:
            raise RuntimeError("the owner of the subject fails")
        self.told.append((act.public_id, act.state))


fake = FakeHandler()
