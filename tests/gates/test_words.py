"""Language, glossary and papers."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.gates.conftest import Lay, Said
from tools import catalogue
from tools.gates import docs, glossary, language
from tools.messages import Message, bare_text, in_python, in_template

PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "案件"\nmsgstr "{english}"\n'
PAGE = '{% load i18n %}<p>{% translate "案件" %}</p>'


def test_a_translated_page_with_its_english_is_kept(lay: Lay, said: Said) -> None:
    lay("xiuhua/web/templates/a.html", PAGE)
    lay(str(catalogue.ENGLISH), PO.format(english="Cases"))
    assert said(language.GATE) == []


def test_a_string_without_english_is_found(lay: Lay, said: Said) -> None:
    page = lay("xiuhua/web/templates/a.html", PAGE)
    lay(str(catalogue.ENGLISH), PO.format(english=""))
    assert said(language.GATE) == ["xiuhua/web/templates/a.html: “案件” has no English"]
    page.write_text(page.read_text().replace("案件", "线索"))
    assert said(language.GATE) == ["xiuhua/web/templates/a.html: “线索” is not in the catalogue"]


def test_chinese_outside_a_tag_is_found(lay: Lay, said: Said) -> None:
    lay(
        "xiuhua/web/templates/a.html",
        '<p>\n裸字 <a title="题">{% comment %}注{% endcomment %}{# 注 #}</a></p>',
    )
    assert [f.split(": ")[0] for f in said(language.GATE)] == ["xiuhua/web/templates/a.html:1"]


def test_a_script_that_speaks_chinese_itself_is_found(lay: Lay, said: Said) -> None:
    lay("xiuhua/web/static/web/a.js", "const a = 1;\nalert('好');\n")
    lay("xiuhua/web/static/vendor/b.js", "alert('好');\n")
    assert [f.split(": ")[0] for f in said(language.GATE)] == ["xiuhua/web/static/web/a.js:2"]


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ('{% translate "好" %}', []),
        ('{% include "a" with label=_("好") %}{{ x|default:_("无") }}', []),
        ("{% blocktranslate %}好{{ x }}{% endblocktranslate %}", []),
        ('{% include "a" with label="好" %}', ['include "a" with label="好"']),
        ("{{ x|default:'无' }}", ["x|default:'无'"]),
        ("{% if a %}\n好{% endif %}", ["好"]),
        ('<button class="link" lang="zh-Hans">中</button><b>EN</b>', []),
        ('<b lang="zh-Hans">中</b> 好', ['<b lang="zh-Hans">中</b> 好']),
        ('<html lang="{{ language }}"><b>好</b>', ['"><b>好</b>']),
        ('<html lang="zh-Hans"><h1>出了差错 · Something went wrong</h1>', []),
    ],
)
def test_it_tells_marked_text_from_bare_text(page: str, found: list[str]) -> None:
    assert [text for _, text in bare_text(page)] == found


def test_it_reads_plurals_and_contexts_of_a_page() -> None:
    page = (
        '{% translate "一" context "数" %}{% blocktranslate count n=n trimmed %}\n 一件 '
        "{% plural %}{{ n }} 件，100%{% endblocktranslate %}"
    )
    assert list(in_template(page)) == [Message("一", context="数"), Message("一件", "%(n)s 件，100%%")]


def test_it_reads_calls_and_choices_of_a_module() -> None:
    source = """
class Kind(models.TextChoices):
    STREET = "street", "街道"
class Area(models.Model):
    name = models.CharField("名称")
    class Meta:
        verbose_name = "区域"
def f(n):
    return _("好") + ngettext("一件", "%(n)s 件", n) + pgettext("数", "一") + other("不算")
"""
    assert set(in_python(source)) == {
        Message("街道"),
        Message("好"),
        Message("一件", "%(n)s 件"),
        Message("一", context="数"),
    }


def test_the_catalogue_keeps_english_and_drops_what_nobody_says(lay: Lay, tmp_path: Path) -> None:
    lay("xiuhua/web/templates/a.html", PAGE + '{% translate "新" %}')
    lay(str(catalogue.ENGLISH), PO.format(english="Cases") + '\nmsgid "旧"\nmsgstr "Old"\n')
    assert catalogue.update(tmp_path) == 1
    assert catalogue.known(tmp_path) == {Message("案件"): True, Message("新"): False}
    first = (tmp_path / catalogue.ENGLISH).read_bytes()
    catalogue.update(tmp_path)
    assert (tmp_path / catalogue.ENGLISH).read_bytes() == first


def test_what_another_catalogue_says_is_not_asked_for_again(lay: Lay, said: Said, tmp_path: Path) -> None:
    lay("xiuhua/web/templates/a.html", PAGE)
    lay(str(catalogue.FOLDER / "data.po"), PO.format(english="Cases"))
    assert catalogue.update(tmp_path) == 0
    assert catalogue.known(tmp_path, "data.po") == {}
    assert said(language.GATE) == []


def test_a_label_that_the_glossary_does_not_know_is_found(lay: Lay, said: Said) -> None:
    lay("GLOSSARY.md", "| lead | 线索 |\n| street | 街道 |\n")
    lay(
        "xiuhua/a/models.py",
        'class Kind(models.TextChoices):\n    A = "a", "街道"\n    B = "b", "镇"\n'
        'X_LABELS = {1: _("线索"), 2: "疑点"}\n',
    )
    assert said(glossary.GATE) == [
        "xiuhua/a/models.py:3: the label “镇” is not in GLOSSARY.md",
        "xiuhua/a/models.py:4: the label “疑点” is not in GLOSSARY.md",
    ]


@pytest.fixture
def house(lay: Lay) -> Lay:
    """A small house with one command, one setting, one target and one figure."""
    lay("xiuhua/conf/cli/__init__.py", 'COMMANDS = {"serve": ("serve", "serve"), "gone": ("gone", "…")}\n')
    lay("xiuhua/conf/cli/serve.py", 'parser.add_argument("--port")\n')
    lay("xiuhua/conf/settings.py", 'os.environ.get("XIUHUA_LOG")\n')
    lay("xiuhua/cases/figures.py", 'Figure(id="J01")\n')
    lay("Makefile", "test: setup\n\tpytest\n")
    return lay


def test_papers_that_tell_the_truth_are_kept(house: Lay, said: Said) -> None:
    house(
        "README.md",
        "`xiuhua serve --port 1`, `make test`, XIUHUA_LOG, J01, [here](README.md), xiuhua does it\n",
    )
    assert said(docs.GATE) == []


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("`xiuhua fly`", "there is no command `xiuhua fly`"),
        ("`xiuhua gone`", "there is no command `xiuhua gone`"),
        ("`xiuhua serve --prot 1`", "`xiuhua serve` knows no option --prot"),
        ("`make tests`", "there is no target `make tests`"),
        ("XIUHUA_LOGS", "there is no setting XIUHUA_LOGS"),
        ("as J02 says", "there is no figure J02"),
        ("[there](docs/none.md)", "the link leads nowhere: docs/none.md"),
        ("```\nxiuhua fly\n```", "there is no command `xiuhua fly`"),
    ],
)
def test_a_promise_that_the_code_does_not_keep_is_found(house: Lay, said: Said, line: str, what: str) -> None:
    house("README.md", f"XIUHUA_LOG\n{line}\n")
    assert [f.split(": ", 1)[1] for f in said(docs.GATE)] == [what]


def test_a_setting_that_no_paper_tells_is_found(house: Lay, said: Said) -> None:
    house("README.md", "nothing\n")
    assert said(docs.GATE) == ["*.md: no paper tells what XIUHUA_LOG does"]
