"""Dependencies, addresses and vendored files."""

from __future__ import annotations

import hashlib

import pytest

from tests.gates.conftest import Lay, Said
from tools.gates import addresses, dependencies, vendored

PROJECT = """
[project]
dependencies = [
    "django>=5.2",  # pages
{more}]
[project.optional-dependencies]
dev = [
    "pytest>=9",  # tests
]
"""
LOCK = "django==5.2.1 \\\n    --hash=x\npytest==9.1\nhttpx==0.28\n"


def test_declared_explained_and_locked_is_kept(lay: Lay, said: Said) -> None:
    lay("pyproject.toml", PROJECT.format(more=""))
    lay("requirements.lock", LOCK)
    lay("xiuhua/a.py", "import os\nfrom django.db import models\nfrom xiuhua import b\n")
    lay("xiuhua/org/tests/test_a.py", "import pytest\n")
    assert said(dependencies.GATE) == []


def test_a_dependency_without_a_reason_is_found(lay: Lay, said: Said) -> None:
    lay("pyproject.toml", PROJECT.format(more='    "httpx>=0.28",\n'))
    lay("requirements.lock", LOCK)
    assert said(dependencies.GATE) == ["pyproject.toml:5: httpx does not say why it is here"]


def test_an_undeclared_import_is_found(lay: Lay, said: Said) -> None:
    lay("pyproject.toml", PROJECT.format(more=""))
    lay("requirements.lock", LOCK)
    lay("xiuhua/a.py", "import polars.io\nimport pytest\n")
    assert said(dependencies.GATE) == [
        "xiuhua/a.py:1: imports polars, not declared in pyproject.toml",
        "xiuhua/a.py:2: imports pytest, not declared in pyproject.toml",
    ]


def test_a_lock_that_lags_behind_is_found(lay: Lay, said: Said) -> None:
    lay("pyproject.toml", PROJECT.format(more='    "Shapely>=2",  # areas\n'))
    lay("requirements.lock", LOCK)
    assert said(dependencies.GATE) == [
        "requirements.lock: shapely is declared and not locked; run `make lock`"
    ]


@pytest.mark.parametrize(("extra", "faults"), [("", 1), ("[toml]", 0)])
def test_an_extra_that_another_package_asks_for_stands_in_the_lock(
    lay: Lay, said: Said, extra: str, faults: int
) -> None:
    lay("pyproject.toml", PROJECT.format(more=""))
    lay("requirements.lock", f"{LOCK}coverage{extra}==7.17\npytest-cov==7.1.0\n")
    found = said(dependencies.GATE)
    assert found == ["requirements.lock: pytest-cov asks for coverage[toml], which is not locked so"] * faults


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("index = https://" + "pypi" + ".org/simple", "package registry"),
        ("see files." + "pythonhosted" + ".org/packages", "package registry"),
        ("path = '/" + "work/main/x'", "folder of one machine"),
        ("cd /" + "root/xiuhua", "folder of one machine"),
        ("a framework/x and https://example.org/" + "work/x and ./home/x", ""),
    ],
)
def test_addresses_of_registries_and_machines_are_found(lay: Lay, said: Said, line: str, what: str) -> None:
    lay("docs/a.md", f"first\n{line}\n")
    found = said(addresses.GATE)
    assert [what in f and f.startswith("docs/a.md:2") for f in found] == ([True] if what else [])


HEAD = "file,package,version,licence,sha256,source\n"


def test_a_vendored_file_that_is_listed_and_unchanged_is_kept(lay: Lay, said: Said) -> None:
    digest = hashlib.sha256(b"code").hexdigest()
    lay("web/vendor/a-1/a.js", "code")
    lay("web/vendor/VENDORED.csv", f"{HEAD}a-1/a.js,a,1.0,MIT,{digest},npm a@1.0\n")
    assert said(vendored.GATE) == []


@pytest.mark.parametrize(
    ("listing", "what"),
    [
        (HEAD, "web/vendor/a.js: is vendored and not in VENDORED.csv"),
        (
            f"{HEAD}a.js,a,1,MIT,{'0' * 64},npm\n",
            "web/vendor/VENDORED.csv:2: a.js is not the file that was listed",
        ),
        (
            f"{HEAD}a.js,a,1,,{hashlib.sha256(b'code').hexdigest()},npm\n",
            "web/vendor/VENDORED.csv:2: a.js has no licence",
        ),
        (
            "file,package\na.js,a\n",
            "web/vendor/VENDORED.csv: lacks the columns version, licence, sha256, source",
        ),
    ],
)
def test_an_unlisted_changed_or_unlicensed_file_is_found(
    lay: Lay, said: Said, listing: str, what: str
) -> None:
    lay("web/vendor/a.js", "code")
    lay("web/vendor/VENDORED.csv", listing)
    assert said(vendored.GATE) == [what]


def test_a_listed_file_that_is_gone_and_a_folder_without_a_list_are_found(lay: Lay, said: Said) -> None:
    lay("web/vendor/VENDORED.csv", f"{HEAD}b.js,b,1,MIT,00,npm\n")
    lay("tests/vendor/c.js", "code")
    assert said(vendored.GATE) == [
        "tests/vendor/c.js: is vendored and not in VENDORED.csv",
        "web/vendor/VENDORED.csv:2: b.js is listed and not there",
    ]
