"""The papers of docs/ that are written from the code: the schema of a case file, and how good the check is."""

from __future__ import annotations

import json
from pathlib import Path

from django.conf import settings

from xiuhua.cases.checker.checking import Checker
from xiuhua.cases.checker.folder import law_in
from xiuhua.cases.checker.schema import schema
from xiuhua.cases.checker.seeded.page import page
from xiuhua.cases.queries import checking


def schema_text() -> str:
    """The schema as it lies in docs/."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


def measured() -> str:
    """The page of docs/ about recall and precision, by the reference folder."""
    folder = Path(settings.REFERENCE_DIR)
    law = law_in(folder)
    return page(Checker(checking.file_rules(), law), law)
