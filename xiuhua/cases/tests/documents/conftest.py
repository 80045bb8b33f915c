"""The forms of the project, read once, and the three lawful example files where they lie beside the checkout."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from xiuhua.cases.documents import Shelf, load

ROOT = Path(__file__).parents[4]
REFERENCE = ROOT / "reference"
EXAMPLES = ROOT.parent / "shared" / "domain"
HEADER = {
    "title": "示例书",
    "issuer": "authority",
    "number": "no",
    "series": "",
    "sealed": "no",
    "audience": "party",
    "layout": "letter",
    "head": "black",
    "subject": "",
    "certainty": "memory",
    "source": "test",
    "valid_from": "",
    "valid_to": "",
}

WriteForm = Callable[..., Path]


@pytest.fixture(scope="session")
def shelf() -> Shelf:
    return load(REFERENCE)


@pytest.fixture(scope="session")
def examples() -> dict[str, dict[str, Any]]:
    """The lawful files F1 to F3 by number."""
    path = EXAMPLES / "fixtures_lawful.md"
    if not path.is_file():
        pytest.skip("the lawful example files are not beside the checkout")
    found = [
        json.loads(text) for text in re.findall(r"```json\n(.*?)```", path.read_text(encoding="utf-8"), re.S)
    ]
    return {file["case"]["case_no"]: file for file in found}


@pytest.fixture
def write_form(tmp_path: Path) -> WriteForm:
    """Writes a form into a copy of the tables and gives the reference folder."""
    folder = tmp_path / "reference" / "documents"
    folder.mkdir(parents=True)
    for name in ("index.csv", "fields.csv", "codes.csv", "law.csv", "bodies.csv"):
        (folder / name).write_text(
            (REFERENCE / "documents" / name).read_text(encoding="utf-8"), encoding="utf-8"
        )
    for name in ("acts.csv", "parameters.csv"):
        (tmp_path / "reference" / name).write_text(
            (REFERENCE / name).read_text(encoding="utf-8"), encoding="utf-8"
        )

    def write(body: str, file: str = "prior_notice.txt", **header: str) -> Path:
        lines = [f"#: {name}: {value}" for name, value in (HEADER | header).items()]
        (folder / file).write_text("\n".join([*lines, body, ""]), encoding="utf-8")
        return folder.parent

    return write
