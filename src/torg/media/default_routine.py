"""The routine for pictures of people that holds until the municipality has written its own."""

from django.utils.translation import gettext as _

TAKE_DOWN_DAYS = 3
CHILD_TAKE_DOWN_DAYS = 1
WARN_DAYS = 30


def text() -> str:
    """In the reader's language, paragraphs parted by empty lines. The law in it is unverified, and says so."""
    return "\n\n".join(
        [
            _(
                "Whoever can be recognised in a picture decides whether we show it (åndsverkloven § 104). Ask before "
                "you take it, say what it is for and where it will stand, and register the answer here before it is "
                "published."
            ),
            _(
                "For children, everyone with parental responsibility consents, and the child's own view counts. From 7 "
                "years on, and earlier when the child can have a view, ask the child (barnelova § 31). Never show "
                "children in a vulnerable situation, in swimwear, or together with where they usually are."
            ),
            _(
                "Without consent we show people only in something current of general interest, when they matter less "
                "than the rest of the picture, or in assemblies, processions and events out of doors. When in doubt, "
                "ask."
            ),
            _(
                "A consent is voluntary, is for a purpose, ends on a day, and can be withdrawn at any time, without a "
                "reason. Then the picture comes down everywhere within the days below. The archive's own copy stays, "
                "restricted."
            ),
            _(
                "Nobody in a closed group publishes pictures of others' children. Pictures of clients, patients and "
                "pupils are never taken with private telephones."
            ),
            _("This is a draft: nobody in the municipality has confirmed the law in it."),
        ]
    )
