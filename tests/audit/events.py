"""Events and actors that only tests use."""

from torg.audit.types import Event
from torg.core.actors import Operator

DONE = Event("test.thing.done", "The thing was done")
SOMEBODY = Operator("kari-pc")
