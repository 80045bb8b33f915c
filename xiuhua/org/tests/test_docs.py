"""The page of roles in the handbook is the one that the table draws."""

from __future__ import annotations

from django.conf import settings

from xiuhua.org.rules import roles_page


def test_the_page_of_roles_is_current() -> None:
    page = settings.BASE_DIR / "docs" / "roles.md"
    assert page.read_text(encoding="utf-8") == roles_page(), "run: xiuhua reference roles > docs/roles.md"
