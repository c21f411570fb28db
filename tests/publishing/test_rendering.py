"""Articles become HTML without anything that nobody meant."""

import pytest

from torg.publishing.rendering import html_of
from torg.publishing.types import Words


@pytest.mark.strategy("A1")
def test_an_article_has_headings_lists_links_and_the_language_of_its_parts():
    body = (
        "## Åpent\n\n- Mandag\n\n[Åpningstider](https://eksempelvik.example/a) og [Welcome]{lang=en}\n\n{lang=en}\nHi."
    )

    html = html_of(Words("Nytt", body=body))

    assert "<h2>Åpent</h2>" in html
    assert "<li>Mandag</li>" in html
    assert '<a href="https://eksempelvik.example/a" rel="noreferrer">Åpningstider</a>' in html
    assert '<span lang="en">Welcome</span>' in html
    assert '<p lang="en">Hi.</p>' in html


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[trykk](javascript:alert(1))",
        "![bilde](https://sporing.example/x.gif)",
        "[ord]{lang=en onclick=alert(1)}",
        "<a href='data:text/html,x'>x</a>",
    ],
)
def test_no_script_and_no_foreign_picture_survives(hostile):
    html = html_of(Words("Nytt", body=hostile)).lower()

    assert "<script" not in html
    assert "<img" not in html
    assert " onclick=" not in html.split("&lt;")[0].split("{")[0]
    assert 'href="javascript' not in html
    assert 'href="data' not in html
