"""How often Python looks for garbage in our processes."""

import gc

# A fifth of the intake's time and two fifths of a migration's went to looking through what had come to stay, every 700
# new objects. What is dropped is freed at once all the same: only rings of objects wait for this.
NEW_OBJECTS_BEFORE_A_LOOK = 50_000


def settle() -> None:
    """Take what has been loaded for what stays, and look for garbage less often; called once all is loaded."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS_BEFORE_A_LOOK, 20, 50)
