"""What platforms count: graphemes, bytes, weighted signs."""

import unicodedata

import regex

GRAPHEME = regex.compile(r"\X")
# As platforms find addresses: with a scheme, up to the first sign that cannot end one.
ADDRESS = regex.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]»”’']", regex.IGNORECASE)
EMOJI = regex.compile(r"\p{Extended_Pictographic}|\p{Regional_Indicator}|\N{COMBINING ENCLOSING KEYCAP}")
# X counts these as one, all others as two (twitter-text, configuration v3; docs.x.com, “Counting characters”).
LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
X_ADDRESS = 23
# Mastodon counts an address as 23, and of a mention only the name (its StatusLengthValidator).
MASTODON_ADDRESS = 23
MASTODON_MENTION = regex.compile(r"(?<![/\w])@(\w+)@[\w.-]+\w")


def graphemes(text: str) -> int:
    """Signs as people see them: a flag, a family or a letter with its accent is one."""
    return sum(1 for _ in GRAPHEME.finditer(text))


def x_weight(text: str) -> int:
    """The length as X counts it: in NFC, 23 for an address, 2 for an emoji and for signs outside the light ranges."""
    normal = unicodedata.normalize("NFC", text)
    bare, addresses = ADDRESS.subn("", normal)
    return int(addresses) * X_ADDRESS + sum(_x_weight_of(sign) for sign in GRAPHEME.findall(bare))


def _x_weight_of(grapheme: str) -> int:
    # © and ™ are drawn as emoji only when the sign after them asks for it.
    if EMOJI.search(grapheme) and (len(grapheme) > 1 or ord(grapheme) > 0x2FFF or _weight(grapheme) == 2):
        return 2
    return sum(_weight(sign) for sign in grapheme)


def _weight(sign: str) -> int:
    return 1 if any(first <= ord(sign) <= last for first, last in LIGHT) else 2


def mastodon_length(text: str) -> int:
    """The length as Mastodon counts it: graphemes, 23 for an address, and no server's name in a mention."""
    bare, addresses = ADDRESS.subn("", text)
    return int(addresses) * MASTODON_ADDRESS + graphemes(MASTODON_MENTION.sub(r"@\1", bare))
