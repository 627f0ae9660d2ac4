from django.core.management import call_command
from django.db import migrations, models

CACHE = "common_cache"


def make_cache(apps, schema_editor):
    call_command("createcachetable", CACHE, database=schema_editor.connection.alias, verbosity=0)


def drop_cache(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE {CACHE}")


def keep_out_of_the_log(apps, schema_editor):
    """Counters may be lost in a crash of the server, so nobody waits for the disk."""
    if schema_editor.connection.vendor == "postgresql":
        for table in (CACHE, "common_requestcount"):
            schema_editor.execute(f"ALTER TABLE {table} SET UNLOGGED")


class Migration(migrations.Migration):
    dependencies = [
        ("common", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="RequestCount",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("count", models.PositiveIntegerField()),
                ("ends_at", models.BigIntegerField(db_index=True)),
            ],
        ),
        migrations.RunPython(make_cache, drop_cache, elidable=False),
        migrations.RunPython(keep_out_of_the_log, migrations.RunPython.noop, elidable=False),
    ]
