"""Secrets at rest: sealed with a key that is drawn from the site's own secret key."""

from __future__ import annotations

import base64

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class Unreadable(RuntimeError):
    """A secret was sealed under another secret key of the site: it must be changed."""


def _fernet() -> Fernet:
    drawn = HKDF(hashes.SHA256(), 32, salt=None, info=b"xiuhua.exchange").derive(settings.SECRET_KEY.encode())
    return Fernet(base64.urlsafe_b64encode(drawn))


def seal(secret: str) -> str:
    return _fernet().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """Raises Unreadable."""
    try:
        return _fernet().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Unreadable("the secret key of the site is another one") from error


def is_readable(sealed: str) -> bool:
    """Whether it was sealed under the secret key that the site has now."""
    try:
        unseal(sealed)
    except Unreadable:
        return False
    return True
