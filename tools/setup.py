"""Builds `.venv` from `requirements.lock` with nothing but Python's own library: `make setup`.

1. Refuse, saying what to install, when Python is older than 3.11 or its venv module is missing.
2. Make `.venv` unless it is there.
3. Install the lock, every file checked against its hash; with uv where it is installed, else with pip.
4. Install Xiuhua itself as an editable package, without asking for anything more.
5. Compile the English catalogue.
"""

from __future__ import annotations

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
OLDEST = (3, 11)


def refusal(version: tuple[int, int], has_venv: bool) -> str:
    """Why this Python cannot build the environment, and what to do; empty if it can."""
    if version < OLDEST:
        found = ".".join(map(str, version))
        wanted = ".".join(map(str, OLDEST))
        return f"Xiuhua needs Python {wanted} or newer, this is {found}. Try: make setup PYTHON=python3.12"
    if not has_venv:
        return "Python's venv module is missing. On Debian and Ubuntu: apt-get install python3-venv"
    return ""


def install_commands(python: Path, uv: str | None) -> list[list[str]]:
    """The two installs: the lock with hashes, then the project alone, built with the lock's setuptools."""
    pip = [uv, "pip", "install", "--python", str(python)] if uv else [str(python), "-m", "pip", "install"]
    quiet = ["--quiet"] if uv else ["--quiet", "--disable-pip-version-check", "--no-input"]
    return [
        [*pip, *quiet, "--require-hashes", "-r", str(LOCK)],
        [*pip, *quiet, "--no-deps", "--no-build-isolation", "-e", str(ROOT)],
    ]


def say(text: str) -> None:
    print(f"setup: {text}", flush=True)


def make_environment(home: Path) -> Path:
    """The environment's own Python; makes the environment if it has none that runs."""
    python = home / "bin" / "python"
    if python.exists() and subprocess.run([python, "-c", ""], check=False).returncode == 0:
        return python
    say(f"making {home.name} with Python {sys.version.split()[0]}")
    subprocess.run([sys.executable, "-m", "venv", "--clear", home], check=True)
    return python


def main() -> int:
    has_venv = all(importlib.util.find_spec(name) for name in ("venv", "ensurepip"))
    if why := refusal(sys.version_info[:2], has_venv):
        say(why)
        return 1
    uv = shutil.which("uv")
    try:
        python = make_environment(ROOT / ".venv")
        say(f"installing {LOCK.name} with {'uv' if uv else 'pip (about a minute)'}")
        for command in install_commands(python, uv):
            # The editable build warns at length about being one; its words matter only when it fails.
            subprocess.run(command, check=True, cwd=ROOT, stderr=subprocess.PIPE, text=True)
        subprocess.run(
            [python.with_name("xiuhua"), "messages"], check=True, cwd=ROOT, stdout=subprocess.DEVNULL
        )
    except subprocess.CalledProcessError as failed:
        print(failed.stderr or "", file=sys.stderr)
        say(f"this command failed: {' '.join(map(str, failed.cmd))}")
        return 1
    say("ready")
    return 0


if __name__ == "__main__":
    sys.exit(main())
