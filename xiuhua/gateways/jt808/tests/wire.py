"""What the suite of the simulated fleet borrows to read and answer as the gateway does."""

from xiuhua.gateways.jt808 import messages
from xiuhua.gateways.jt808.codec import Frame, Splitter, decode, encode

__all__ = ["Frame", "Splitter", "decode", "encode", "messages"]
