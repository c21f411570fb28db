"""The media library: pictures, film and sound with rights, consent and what must come down again."""
