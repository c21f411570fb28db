"""The tests of a Noark 5 deposit (arkivuttrekk), N5.01 to N5.64; shares no code with the room that writes deposits."""
