"""What a simulated camera is held against: the events of the real registrar, for suites of other rooms."""

from xiuhua.gateways.gb28181.session import Alive, Registered, Send, Where

__all__ = ["Alive", "Registered", "Send", "Where"]
