"""What a remark of the gate tells people: why, and how to mend it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from torg.media.languages import name_of
from torg.publishing.gate.types import Remark

# For each code: the reason, and the way to mend it.
SAID: dict[str, tuple[Promise, Promise]] = {
    "no_main_text": (
        _("The article has no text in its main language."),
        _("Write it, or choose another main language."),
    ),
    "no_title": (_("The title is missing."), _("Write a title that says what it is about.")),
    "no_body": (_("The text is missing."), _("All that people need must stand in the article itself. Write it here.")),
    "no_lead": (
        _("There is no lead."),
        _("One or two sentences with the most important thing help in lists and search."),
    ),
    "heading_empty": (_("A heading is empty."), _("Write it or take it away.")),
    "heading_is_title": (
        _("A heading in the text has the level of the title."),
        _("Begin headings with two signs: ## . The title is the page's only heading of the first level."),
    ),
    "heading_skips": (
        _("A heading leaves out a level: it has level %(level)s, and should have %(should)s."),
        _("Use the next level. Those who listen to the page find their way by the levels."),
    ),
    "heading_in_bold": (
        _("A whole paragraph is in bold, and looks like a heading."),
        _("If it is a heading, write ## before it instead."),
    ),
    "link_empty": (_("A link has no text."), _("Write what it leads to between the square brackets.")),
    "link_vague": (
        _("The text of a link does not say where it leads."),
        _("Write what one finds there, such as “Apply for a nursery place”, and not “click here”."),
    ),
    "link_is_address": (
        _("A link shows its address."),
        _("Write what one finds there: an address is read out sign by sign."),
    ),
    "link_ambiguous": (
        _("Two links have the same text and lead to different places."),
        _("Give them different texts."),
    ),
    "alt_missing": (
        _("A picture has no text for those who do not see it."),
        _("Describe what the picture tells, or mark it as decoration."),
    ),
    "alt_is_file_name": (
        _("The text for a picture is the name of a file."),
        _("Describe what the picture tells."),
    ),
    "alt_long": (
        _("The text for a picture is long."),
        _("Keep it to %(most)s characters, and tell the rest in the article."),
    ),
    "decoration_holds_text": (
        _("A picture with text is marked as decoration."),
        _("Take the mark away and describe the picture."),
    ),
    "text_in_picture": (
        _("A picture holds text that the article does not give."),
        _("Write the same in the article and confirm it, or choose a picture without text."),
    ),
    "contrast_low": (
        _("Text in a graphic has too little contrast: %(contrast)s to 1, and at least %(least)s is needed."),
        _("Make a new graphic with darker text or a lighter background."),
    ),
    "film_gone": (_("A film is no longer in the library."), _("Choose another.")),
    "picture_gone": (_("A picture is no longer in the library."), _("Choose another.")),
    "medium_obstacle": (_("A picture or film may not be published now."), _("%(obstacle)s")),
    "film_untitled": (_("A film has no title."), _("Write what the film shows.")),
    "captions_missing": (_("A film has no captions."), _("Add captions, or say that nobody speaks in it.")),
    "captions_in_other_language": (
        _("A film has no captions in the article's language."),
        _("Add captions in that language."),
    ),
    "language_behind": (
        _("The main text has been changed since this language was written."),
        _("Bring it up to date, confirm that it still fits, or take the language away."),
    ),
    "hard_to_read": (
        _("The text is hard to read: LIX %(lix)s, and at most %(most)s is allowed."),
        _("Shorter sentences, shorter words, and one thing in each paragraph."),
    ),
    "rather_hard_to_read": (
        _("The text is rather hard to read: LIX %(lix)s."),
        _("Aim for %(most)s: shorter sentences and shorter words."),
    ),
    "national_id": (_("There is a national identity number here."), _("Take it away before anybody sees it.")),
    "account_number": (
        _("There is a bank account number here."),
        _("Check that it is the municipality's own."),
    ),
    "health": (
        _("This may tell of somebody's health."),
        _("Check that nobody can be recognised."),
    ),
    "child": (
        _("This may be about a child."),
        _("Check that nobody can be recognised, and that the guardians have consented."),
    ),
    "channel_language": (
        _("A post is in a language that the article lacks."),
        _("Write the article in that language, or choose another for the post."),
    ),
    "channel_empty": (_("A post has no text."), _("Write it, or take the channel away.")),
    "channel_without_link": (
        _("A post does not lead to the article."),
        _("Let the link stand: everything is to be found on our own site."),
    ),
    "channel_too_long": (
        _("A post is too long: %(over)s more than the %(most)s that the channel takes (%(unit)s)."),
        _("Shorten it; the rest stands in the article."),
    ),
    "channel_picture_unknown": (
        _("A post uses a picture that the article does not have."),
        _("Add the picture to the article first."),
    ),
    "channel_picture_undescribed": (
        _("A post uses a picture without a description in its language."),
        _("Describe the picture: alone in a feed no picture is decoration."),
    ),
    "channel_film_unknown": (
        _("A post shows a film that the article does not have."),
        _("Add the film to the article first."),
    ),
    "channel_film_captions": (
        _("The film in a post has no captions in the post's language."),
        _("Add them in the library, and take them into the article. Most people see films without sound."),
    ),
    "channel_takes_no_film": (
        _("We cannot show films as films on this channel."),
        _("Let the post lead to the article, where the film is."),
    ),
    "channel_film_and_pictures": (
        _("A post has both a film and pictures."),
        _("Choose one of them: the channel shows either a film or pictures."),
    ),
}
UNITS: dict[str, Promise] = {
    "signs": _("characters"),
    "graphemes": _("characters as people see them"),
    "bytes": _("bytes"),
    "weight": _("characters as X counts them"),
    "hashtags": _("hashtags"),
    "mentions": _("mentions"),
    "pictures": _("pictures"),
}
PARTS: dict[str, Promise] = {
    "title": _("Title"),
    "lead": _("Lead"),
    "body": _("Text"),
    "heading": _("Heading"),
    "link": _("Link"),
    "picture": _("Picture"),
    "film": _("Film"),
    "channel": _("Post"),
}


def reason(remark: Remark) -> str:
    """Why the gate says this."""
    return str(SAID[remark.code][0]) % _params(remark)


def mend(remark: Remark) -> str:
    """What to do about it."""
    return str(SAID[remark.code][1]) % _params(remark)


def where(remark: Remark) -> str:
    """Which part, which number of it, and in what language."""
    place = remark.place
    number = f" {place.number}" if place.number else ""
    language = f" ({name_of(place.language)})" if place.language else ""
    return f"{PARTS[place.part]}{number}{language}"


def _params(remark: Remark) -> dict[str, str | int]:
    told = dict(remark.params)
    if "unit" in told:
        told["unit"] = str(UNITS[str(told["unit"])])
    return told
