"""Settings of the suite: quick hashes, files in a temporary folder, the database that the environment names."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

os.environ.setdefault("XIUHUA_SECRET_KEY", "only-for-tests-" + "x" * 40)
# Workers, and suites that a test starts, use the folder of who started them; whoever made it takes it away.
if "XIUHUA_VAR_DIR" not in os.environ:
    os.environ["XIUHUA_VAR_DIR"] = tempfile.mkdtemp(prefix="xiuhua-test-")
    os.environ["SUITE_FOLDER_OF"] = str(os.getpid())

from xiuhua.conf.settings import *  # noqa: F403 - the suite runs on the real settings with few changes
from xiuhua.conf.settings import DATABASES, STATIC_ROOT, VAR_DIR

# The suite has one database, as a bureau on PostgreSQL has; two files are tried where they are told apart.
DATABASES.pop("positions", None)

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
FILES_DIR = Path(VAR_DIR) / "files"
# WhiteNoise warns of a missing folder, and warnings are errors here.
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
if "sqlite3" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["TEST"] = {"NAME": None}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
