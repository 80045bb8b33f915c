"""How the real agent reads what lies in its folder, for suites of other rooms."""

from xiuhua.gateways.station.docked import hashed, manifest, patterns, still

__all__ = ["hashed", "manifest", "patterns", "still"]
