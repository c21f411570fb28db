"""The languages that articles, and texts beside media, are written in, each by its own name."""

LANGUAGES = (
    ("nb", "Bokmål"),
    ("nn", "Nynorsk"),
    ("en", "English"),
    ("se", "Davvisámegiella"),
    ("sma", "Åarjelsaemien gïele"),
    ("smj", "Julevsámegiella"),
    ("uk", "Українська"),
    ("pl", "Polski"),
    ("ar", "العربية"),
    ("so", "Soomaali"),
)
CODES = frozenset(code for code, _name in LANGUAGES)


def name_of(code: str) -> str:
    """What a language calls itself; its code where we do not know."""
    return dict(LANGUAGES).get(code, code)
