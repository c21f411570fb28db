"""The languages that texts beside media are written in, each by its own name."""

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
)
CODES = frozenset(code for code, _name in LANGUAGES)
