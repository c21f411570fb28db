"""What can be wrong with a calendar, a moment or a span."""

from torg.core.errors import Invalid


class CalendarProblem(Invalid):
    """One sentence that says what is wrong and where.

    `template` and `params` are kept apart so that a page can show the sentence in another language.
    """

    def __init__(self, template: str, **params: object) -> None:
        super().__init__(template % params)
        self.template = template
        self.params = params
