"""The bureaus of the journeys: law and people are laid once; each bureau is a copy, served by the real command."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from xiuhua.conf.testing.site import Site, prepare, served
from xiuhua.conf.testing.visiting import lay_out

PASSWORD = "journey-1234-示例"


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a bureau with its people and nothing that happened."""
    var = tmp_path_factory.mktemp("template")
    prepare(var, ("reference", "load"), ("users", "demo", "--password", PASSWORD))
    return var


@pytest.fixture(scope="module")
def quiet_bureau(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A bureau in which nothing has happened yet."""
    var = tmp_path_factory.mktemp("quiet")
    shutil.copytree(template, var, dirs_exist_ok=True)
    with served(var) as site:
        yield site


@pytest.fixture
def own_bureau(template: Path, tmp_path: Path) -> Iterator[Site]:
    """A bureau of one test, which may live in another year."""
    shutil.copytree(template, tmp_path, dirs_exist_ok=True)
    with served(tmp_path) as site:
        yield site


@pytest.fixture(scope="session")
def busy_bureau(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A bureau with a few invented weeks in it."""
    var = tmp_path_factory.mktemp("busy")
    shutil.copytree(template, var, dirs_exist_ok=True)
    with served(var) as site:
        lay_out(site, PASSWORD)
        yield site
