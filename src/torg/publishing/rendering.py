"""Articles as HTML: Markdown in, a short list of elements out."""

from functools import cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin

from torg.publishing.types import Words

# Pictures and films stand beside the text, each with its alternative; so `img` is not on the list.
ALLOWED = {
    "p", "h2", "h3", "h4", "ul", "ol", "li", "a", "strong", "em", "blockquote", "code", "pre", "br", "hr",
    "table", "thead", "tbody", "tr", "th", "td", "span",
}  # fmt: skip
ATTRIBUTES = {"*": {"lang"}, "a": {"href"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto", "tel"}


def html_of(text: Words) -> str:
    """The body as sanitised HTML. The title is the page's first heading, so the body's begin at the second level."""
    return clean(str(_markdown().render(text.body)))


def clean(html: str) -> str:
    """What is allowed of `html`; the rest of its elements is dropped, and no script survives."""
    return nh3.clean(
        html, tags=ALLOWED, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noreferrer", strip_comments=True
    )


def tokens(body: str) -> list[Token]:
    """The parts of the Markdown in order, for those who check it."""
    return _markdown().parse(body)


@cache
def _markdown() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    # The language of a part (WCAG 3.1.2): `[Welcome]{lang=en}`, and `{lang=en}` on the line before a paragraph.
    return made.use(attrs_plugin, spans=True, allowed=["lang"]).use(attrs_block_plugin, allowed=["lang"])
