"""The only writes of evidence. Each is a verb with named facts, the actor and the moment, and leaves an entry."""

from xiuhua.evidence.actions.adding import add, share
from xiuhua.evidence.actions.docking import arrive, ask_for, close_station, dock, open_station
from xiuhua.evidence.actions.looking import look_into

__all__ = ["add", "arrive", "ask_for", "close_station", "dock", "look_into", "open_station", "share"]
