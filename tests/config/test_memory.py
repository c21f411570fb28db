"""A process that serves many looks for garbage seldom, and never through what has come to stay."""

import gc

from torg.config import memory


def test_what_is_loaded_is_set_aside():
    memory.settle()

    assert gc.get_freeze_count() > 0
    assert gc.get_threshold()[0] == memory.NEW_OBJECTS_BEFORE_A_LOOK


def test_rings_of_what_comes_later_are_still_found():
    memory.settle()
    ring: list[object] = []
    ring.append(ring)
    del ring

    assert gc.collect() >= 1
