"""`xiuhua NAME`: which command runs, what help says, and what a wrong call gives."""

from __future__ import annotations

import importlib
from types import ModuleType

import pytest

from xiuhua.conf.cli import COMMANDS, main, manage, parser
from xiuhua.kernel.authz import Invalid, Refusal, Refused

pytestmark = pytest.mark.processes


def test_help_names_every_command_with_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    for name, (_, text) in COMMANDS.items():
        assert f"  {name:<10} {text}" in said


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_of_its_own(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([name, "--help"])
    assert ended.value.code == 0
    said = " ".join(capsys.readouterr().out.split())
    assert said.startswith(f"usage: xiuhua {name} ")
    assert COMMANDS[name][1] in said


@pytest.mark.parametrize("words", [[], ["nonsense"], ["report"], ["import", "ghosts", "a.csv"]])
def test_a_wrong_call_gives_exit_code_2_and_says_how_to_call(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    assert "usage: xiuhua " in capsys.readouterr().err


def test_every_command_is_a_module_with_arguments_and_run() -> None:
    for module, _ in COMMANDS.values():
        found: ModuleType = importlib.import_module(f"xiuhua.conf.cli.{module}")
        assert callable(found.arguments)
        assert callable(found.run)


def test_commands_are_found_by_the_first_word_and_the_rest_is_theirs() -> None:
    args = parser().parse_args(["users", "add", "li", "--name", "示例"])
    assert (args.name, args.rest) == ("users", ["add", "li", "--name", "示例"])


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (Invalid({"file": "示例有误"}), 1, "示例有误"),
        (Refused(Refusal("示例", "示例不许", meaning="Not allowed.")), 1, "示例不许"),
        (KeyboardInterrupt(), 130, ""),
    ],
)
def test_what_a_command_is_refused_is_told_in_one_sentence_and_by_exit_code(
    error: BaseException,
    code: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def breaks(args: object) -> int:
        raise error

    monkeypatch.setattr(manage, "run", breaks)
    assert main(["manage", "示例"]) == code
    told = capsys.readouterr()
    assert told.out == ""
    assert said in told.err
    assert told.err.startswith("xiuhua manage: ") is bool(said)
