"""The served site of the journeys is the real command on a file of its own."""

from __future__ import annotations

import socket
import subprocess
import sys

import pytest

from xiuhua.conf.testing import site
from xiuhua.conf.testing.browser import OpenPage
from xiuhua.conf.testing.site import Site


@pytest.mark.journey
@pytest.mark.parametrize("size", ["desk", "phone"])
def test_the_login_page_is_served_without_a_fault(site: Site, open_page: OpenPage, size: str) -> None:
    page, _ = open_page(site.url, size=size)
    page.goto("/")
    assert page.locator("input[type=password]").is_visible()


@pytest.mark.journey
def test_commands_work_on_the_bureau_that_is_served(site: Site) -> None:
    assert str(site.var) in site.run(
        "manage", "shell", "-c", "from django.conf import settings; print(settings.VAR_DIR)"
    )
    assert (site.var / "xiuhua.sqlite3").exists()


PORTS = "from xiuhua.conf.testing.site import free_port; print(free_port(), free_port(), flush=True); input()"


@pytest.mark.slow
def test_a_port_is_given_to_one_only_and_to_none_while_somebody_listens_on_it() -> None:
    given = [site.free_port(), site.free_port()]
    with subprocess.Popen(
        [sys.executable, "-c", PORTS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as another_suite:
        assert another_suite.stdout is not None
        given += map(int, another_suite.stdout.readline().split())
        given.append(site.free_port())
        another_suite.communicate("\n")
    assert len(set(given)) == len(given) == 5
    with socket.socket() as door:
        door.bind(("127.0.0.1", given[-1]))
        assert not site._is_free(given[-1])
    assert site._is_free(given[-1])
