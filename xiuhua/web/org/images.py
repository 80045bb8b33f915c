"""Images of signatures and seals on pages: sent in, and shown in the page itself."""

from __future__ import annotations

from base64 import b64encode

from django.core.files.uploadedfile import UploadedFile

from xiuhua.kernel import files
from xiuhua.kernel.authz import Invalid
from xiuhua.org.queries import Specimen
from xiuhua.web.frame.http import Request

MOST_BYTES = 1024 * 1024


def sent_image(request: Request) -> bytes:
    """The bytes of the file that was sent. Raises Invalid where there is none or it is far too large."""
    sent = request.FILES.get("file")
    if not isinstance(sent, UploadedFile):
        raise Invalid({"file": "请选择图片"})
    if (sent.size or 0) > MOST_BYTES:
        raise Invalid({"file": "图片不得超过 300 KB"})
    return bytes(sent.read())


def image_of(specimen: Specimen | None) -> str:
    """The image as a `data:` address; empty where there is none or its bytes are gone."""
    if specimen is None:
        return ""
    try:
        with files.open_(specimen.file.sha256) as file:
            return "data:image/png;base64," + b64encode(file.read()).decode()
    except FileNotFoundError:
        return ""
