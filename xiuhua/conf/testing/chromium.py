"""A real Chromium for journeys and pictures: where it is, and how it starts without asking the network."""

from __future__ import annotations

import os
import shutil
import subprocess

PLACES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
FLAGS = (
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--no-default-browser-check",
    "--force-color-profile=srgb",
)


def flags() -> list[str]:
    """The flags to start with; as root Chromium refuses its sandbox."""
    return [*FLAGS, *(["--no-sandbox"] if os.getuid() == 0 else [])]


def starts(executable: str) -> bool:
    """Whether it says its version: Ubuntu's `chromium-browser` may be a mere pointer to a store."""
    try:
        said = subprocess.run([executable, "--version"], check=False, capture_output=True, timeout=60)  # noqa: S603 - asked for by name below
    except (OSError, subprocess.TimeoutExpired):
        return False
    return said.returncode == 0 and b"hrom" in said.stdout


def find_chromium() -> str | None:
    """Path of a Chromium that starts: the one that CHROMIUM names, else the first on PATH; None without."""
    named = os.environ.get("CHROMIUM")
    for candidate in [named] if named else PLACES:
        path = shutil.which(candidate)
        if path and starts(path):
            return path
    return None
