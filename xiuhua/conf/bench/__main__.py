"""One bench in this process, in the database that the environment names: `python -m xiuhua.conf.bench NAME`."""

from __future__ import annotations

import importlib
import json
import os
import sys

import django

from xiuhua.conf.routing import migrate

# Benches whose name cannot be that of a module.
MODULES = {"import": "history", "cases-1m": "million"}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "xiuhua.conf.settings")
    django.setup()
    migrate()
    module = importlib.import_module(f"xiuhua.conf.bench.{MODULES.get(sys.argv[1], sys.argv[1])}")
    for figure in module.measure():
        sys.stdout.write(json.dumps(figure.as_data(), ensure_ascii=False) + "\n")
