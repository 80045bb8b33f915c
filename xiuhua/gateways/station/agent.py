"""The agent's round:

1. Files that are still and new in the folder are hashed, both hashes in one reading, and noted in the ledger.
2. Every file that was not told yet is told to the server: its manifest, before any of its bytes.
3. The server is asked which files it wants; each is sent, resumed where it broke off, and sent anew if the server has
   lost it.
4. A recorder that is pulled, a line that breaks, a server that is away: the round ends early, the next one goes on.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import httpx

from xiuhua.evidence.rules.recordings import NamePattern
from xiuhua.gateways.station import docked, uploading
from xiuhua.gateways.station.ledger import Known, Ledger
from xiuhua.kernel import clock

log = logging.getLogger(__name__)

PAUSE_SECONDS = 5.0
WAIT_SECONDS = 30.0


@dataclass
class Agent:
    """Watches one folder for one server. `quiet`: how long a file must be still to be taken as whole."""

    folder: Path
    server: str
    token: str
    names: Sequence[NamePattern]
    ledger: Ledger
    quiet: timedelta = timedelta(seconds=3)
    chunk: int = uploading.CHUNK
    line: httpx.Client = field(init=False)

    def __post_init__(self) -> None:
        self.line = httpx.Client(
            headers={"Authorization": f"Bearer {self.token}"},
            timeout=httpx.Timeout(WAIT_SECONDS, read=600),
            trust_env=False,
        )

    def round(self) -> int:
        """One round; how many files were sent. Raises httpx.HTTPError where the server cannot be had."""
        self._hash_new()
        self._tell()
        answer = self.line.get(f"{self.server}/api/evidence/wanted").raise_for_status().json()
        return sum(self._send(sha256, answer["upload_url"]) for sha256 in answer["items"])

    def run(self, stop: threading.Event, pause: float = PAUSE_SECONDS) -> None:
        """Round after round until `stop`."""
        while not stop.is_set():
            try:
                self.round()
            except httpx.HTTPError as error:
                log.warning("the server cannot be had: %s", error)
            stop.wait(pause)

    def _hash_new(self) -> None:
        for path in docked.still(self.folder, self.quiet, clock.now()):
            try:
                found, known = path.stat(), self.ledger.find(str(path))
                if known and (known.size, known.changed) == (found.st_size, found.st_mtime_ns):
                    continue
                self.ledger.hashed(docked.hashed(path))
            except OSError as error:
                log.warning("left for the next round: %s", error)

    def _tell(self) -> None:
        for known in self.ledger.untold():
            said = docked.manifest(known, self.names)
            answer = self.line.post(f"{self.server}/api/evidence/recordings", json=said)
            if answer.status_code == httpx.codes.UNPROCESSABLE_ENTITY:
                log.error("%s is not taken: %s", known.path, answer.text)
                continue
            answer.raise_for_status()
            self.ledger.told(known.sha256)

    def _send(self, sha256: str, url: str) -> bool:
        known = self.ledger.of_hash(sha256)
        if known is None or not Path(known.path).exists():
            return False
        try:
            self._send_known(known, url)
        except (uploading.Unwanted, uploading.Lost, OSError) as error:
            log.warning("%s was not sent: %s", known.path, error)
            return False
        self.ledger.sent(sha256)
        return True

    def _send_known(self, known: Known, url: str) -> None:
        """Resume at the address of the ledger, or at a new one if the server knows that no more."""
        told = {"filename": Path(known.path).name, "sha256": known.sha256, "sm3": known.sm3}
        if known.upload:
            try:
                uploading.send(self.line, known.upload, Path(known.path), known.size, chunk=self.chunk)
            except uploading.Lost:
                log.warning("the server has lost %s; it is sent anew", known.upload)
            else:
                return
        address = uploading.create(self.line, url, known.size, told)
        self.ledger.uploading(known.sha256, address)
        uploading.send(self.line, address, Path(known.path), known.size, chunk=self.chunk)
