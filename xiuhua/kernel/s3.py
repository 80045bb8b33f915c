"""Bytes under their SHA-256 in a bucket of any S3 store (extra `s3`); the folder FILES_DIR holds what was read lately.

The bucket is the truth: a draft is kept when the bucket has it. The folder may be emptied at any time. An object is
put with "create", which a store refuses if the name is taken; a policy of the bucket may lock it on top.
"""

from __future__ import annotations

import hashlib
import tempfile
from pathlib import Path

from django.conf import settings
from obstore.exceptions import AlreadyExistsError, NotFoundError
from obstore.store import S3Store

from xiuhua.kernel.stores import FolderStore


class Damaged(RuntimeError):
    """The bucket gave other bytes than the name says."""


class Bucket:
    """A `stores.Store` in a bucket; `lately` is the folder of what was read or written here."""

    def __init__(self, bucket: S3Store, lately: FolderStore) -> None:
        self.bucket, self.lately = bucket, lately

    @staticmethod
    def key(sha256: str) -> str:
        return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"

    def drafts(self) -> Path:
        return self.lately.drafts()

    def take(self, draft: Path, sha256: str, size: int) -> None:
        # A put in parts cannot be refused for a name that is taken: look first, and put small things in one piece.
        if self._size(sha256) != size:
            with draft.open("rb") as file:
                try:
                    self.bucket.put(self.key(sha256), file, mode="create", use_multipart=None)
                except AlreadyExistsError:
                    file.seek(0)
                    self.bucket.put(self.key(sha256), file)
        self.lately.take(draft, sha256, size)

    def _size(self, sha256: str) -> int | None:
        try:
            return int(self.bucket.head(self.key(sha256))["size"])
        except FileNotFoundError:
            return None

    def place(self, sha256: str) -> Path:
        """Fetched into the folder if it is not there. Raises Damaged if its hash is another."""
        here = self.lately.place(sha256)
        if not here.exists():
            self._fetch(sha256)
        return here

    def _fetch(self, sha256: str) -> None:
        digest, size = hashlib.sha256(), 0
        try:
            found = self.bucket.get(self.key(sha256))
        except (FileNotFoundError, NotFoundError):
            return
        with tempfile.NamedTemporaryFile(dir=self.drafts(), prefix=".draft-", delete=False) as draft:
            for part in found.stream(min_chunk_size=1 << 20):
                digest.update(part)
                size += draft.write(part)
        if digest.hexdigest() != sha256:
            Path(draft.name).unlink()
            raise Damaged(sha256)
        self.lately.take(Path(draft.name), sha256, size)

    def destroy(self, sha256: str) -> None:
        self.bucket.delete(self.key(sha256))
        self.lately.destroy(sha256)


def bucket() -> Bucket:
    """The bucket of the settings; who we are there comes from the usual AWS_… variables of the environment."""
    where = settings.FILES_S3
    plain = where["endpoint"].startswith("http://")
    made = S3Store(
        where["bucket"],
        endpoint=where["endpoint"] or None,
        region=where["region"],
        virtual_hosted_style_request=False,
        client_options={"allow_http": plain},
    )
    return Bucket(made, FolderStore(Path(settings.FILES_DIR)))
