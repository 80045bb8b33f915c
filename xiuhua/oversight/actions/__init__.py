"""The only writes of oversight. Each is a verb with named facts, the actor and the moment, and leaves an entry."""

from xiuhua.oversight.actions.answering import appeal, close, decide, reply, send_back
from xiuhua.oversight.actions.correcting import open_correction
from xiuhua.oversight.actions.drawing import draw
from xiuhua.oversight.actions.looking import judge, watch

__all__ = ["appeal", "close", "decide", "draw", "judge", "open_correction", "reply", "send_back", "watch"]
