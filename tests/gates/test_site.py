"""The served site of the journeys is the real command on a file of its own."""

from __future__ import annotations

import pytest

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
