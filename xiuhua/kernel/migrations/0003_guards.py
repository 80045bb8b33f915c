from django.db import migrations

from xiuhua.kernel import guards


class Migration(migrations.Migration):
    """Put the triggers of the record in place. On SQLite a migration that remakes one of its tables (AlterField and
    the like) drops them silently: let it end with this same operation. A test holds that none is missing."""

    dependencies = [("kernel", "0002_sealed_log")]

    operations = [
        migrations.RunPython(
            lambda apps, editor: guards.install(editor.connection),
            lambda apps, editor: guards.remove(editor.connection),
        )
    ]
