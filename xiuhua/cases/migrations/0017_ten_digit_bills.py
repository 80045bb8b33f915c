"""Bills are numbered in ten digits, as the other money papers are.

What was given out keeps its eleven digits: it stands on paper and with the bank, and no number of ten is the same. A
series of a year that is under way goes on at its next serial in ten digits, under the first prefix of the unit up to 999
and then under the next one. A unit that has given out more bills this year than its prefixes hold (999 each) is refused
its next one until another prefix stands in `reference/numbering_prefixes.csv`.
"""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

ELEVEN, TEN = "{serial:04}", "{serial:03}"


def shorten(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for run in apps.get_model("kernel", "Series").objects.filter(kind="fine_bill"):
        run.pattern = run.pattern.replace(ELEVEN, TEN)
        run.save()


def lengthen(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    for run in apps.get_model("kernel", "Series").objects.filter(kind="fine_bill"):
        run.pattern = run.pattern.replace(TEN, ELEVEN)
        run.save()


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0016_remedy_of_one_party"),
        ("kernel", "0005_files_have_sm3"),
    ]

    operations = [migrations.RunPython(shorten, lengthen)]
