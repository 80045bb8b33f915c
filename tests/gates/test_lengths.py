"""Length, nesting and place of imports."""

from __future__ import annotations

import pytest

from tests.gates.conftest import Lay, Said
from tools.gates import file_length, function_length, local_imports


def body(lines: int) -> str:
    return "\n".join(f"    x{n} = {n}" for n in range(lines))


def test_a_short_tree_keeps_every_budget(lay: Lay, said: Said) -> None:
    lay("xiuhua/a.py", f"import os\n\n\ndef f():\n{body(10)}\n")
    assert said(file_length.GATE) == said(function_length.GATE) == said(local_imports.GATE) == []


@pytest.mark.parametrize(
    ("name", "lines", "broken"),
    [
        ("xiuhua/a.css", 401, True),
        ("xiuhua/a.css", 400, False),
        ("xiuhua/org/tests/test_a.py", 601, True),
        ("xiuhua/org/tests/test_a.py", 600, False),
        ("xiuhua/org/migrations/0001_initial.py", 900, False),
        ("xiuhua/web/static/vendor/a.js", 9000, False),
    ],
)
def test_no_file_is_longer_than_its_limit(lay: Lay, said: Said, name: str, lines: int, broken: bool) -> None:
    lay(name, "x\n" * lines)
    assert said(file_length.GATE) == (
        [f"{name}: {lines} lines, at most {600 if 'tests' in name else 400}"] * broken
    )


def test_the_median_and_the_ninth_of_ten_are_held(lay: Lay, said: Said) -> None:
    for n in range(10):
        lay(f"xiuhua/m{n}.py", "x = 1\n" * (260 if n > 7 else 90))
    assert said(file_length.GATE) == [
        "all modules: the median is 90 lines, at most 80",
        "all modules: one in ten is longer than 260 lines, at most 250",
    ]


def test_docstrings_count_for_the_hard_limit_and_not_for_the_median(lay: Lay, said: Said) -> None:
    words = '"""One.\n' + "\n" * 97 + '"""\n'
    lay("xiuhua/a.py", words + "x = 1\n" * 80)
    assert said(file_length.GATE) == []
    lay("xiuhua/a.py", words + "x = 1\n" * 81)
    assert said(file_length.GATE) == ["all modules: the median is 81 lines, at most 80"]
    lay("xiuhua/a.py", words * 4 + "x = 1\n" * 80)
    assert "xiuhua/a.py: 476 lines, at most 400" in said(file_length.GATE)


def test_no_function_is_longer_than_its_limit(lay: Lay, said: Said) -> None:
    lay("a.py", f"def short():\n{body(59)}\n\n\ndef long():\n{body(60)}\n" + "def f(): pass\n" * 20)
    assert said(function_length.GATE) == ["a.py:63: long has 61 lines, at most 60"]


def test_a_docstring_is_not_code(lay: Lay, said: Said) -> None:
    lay("a.py", 'def f():\n    """One.\n' + "\n" * 70 + '    """\n' + body(3) + "\n")
    assert said(function_length.GATE) == []


def test_nine_of_ten_functions_are_short(lay: Lay, said: Said) -> None:
    lay("a.py", "".join(f"def f{n}():\n{body(40)}\n" for n in range(3)))
    assert said(function_length.GATE) == ["all functions: one in ten is longer than 41 lines, at most 30"]


NESTED = "def f(a):\n    for b in a:\n        if b:\n            while b:\n                {inner}\n"


@pytest.mark.parametrize(
    ("inner", "depth"),
    [
        ("b = 1", 3),
        ("try:\n                    b()\n                finally:\n                    b()", 4),
        ("with b: pass", 4),
        ("match b:\n                    case _: pass", 4),
    ],
)
def test_blocks_lie_at_most_three_deep(lay: Lay, said: Said, inner: str, depth: int) -> None:
    lay("a.py", NESTED.format(inner=inner))
    assert said(function_length.GATE) == (["a.py:1: f nests 4 blocks, at most 3"] if depth > 3 else [])


def test_an_elif_is_no_deeper_than_its_if(lay: Lay, said: Said) -> None:
    chain = "def f(a):\n    if a == 0:\n        pass\n" + "".join(
        f"    elif a == {n}:\n        pass\n" for n in range(1, 9)
    )
    lay("a.py", chain)
    assert said(function_length.GATE) == []


def test_an_import_inside_a_function_is_found_except_in_apps(lay: Lay, said: Said) -> None:
    lay("xiuhua/a.py", "def f():\n    from os import path\n    return path\n")
    lay("xiuhua/org/apps.py", "def ready():\n    import os\n")
    assert said(local_imports.GATE) == ["xiuhua/a.py:2: `from os import path` inside a function"]
