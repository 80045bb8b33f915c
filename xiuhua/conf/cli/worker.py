"""`xiuhua worker`: does what the outbox asks for and seals the record, until it is told to stop."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
import types

from xiuhua.conf import jobs
from xiuhua.kernel import outbox, sealing


class Sealer(threading.Thread):
    """Seals until `stop`; what it cannot get over (a missing key) stops the whole worker, for people to see."""

    def __init__(self, stop: threading.Event) -> None:
        super().__init__(name="sealer")
        self.stop_asked = stop
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            sealing.run(self.stop_asked)
        except Exception as error:
            self.error = error
            self.stop_asked.set()


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="do what is due now, seal what is new, and end")


def run(args: argparse.Namespace) -> int:
    handlers = jobs.resolve()
    if args.once:
        print(f"{outbox.run_due(handlers)} jobs tried, {sealing.seal_all()} entries sealed")
        return 0
    stop = threading.Event()

    def end(signum: int, frame: types.FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    # A thread of its own: a job that takes long must not keep entries from being sealed within a second.
    sealer = Sealer(stop)
    sealer.start()
    print("The worker is running; SIGTERM or Ctrl-C ends it after the job in hand.", flush=True)
    outbox.run_worker(handlers, stop=stop)
    stop.set()
    sealer.join()
    if sealer.error is not None:
        print(f"xiuhua worker: the record cannot be sealed: {sealer.error}", file=sys.stderr)
    return 0 if sealer.error is None else 1
