"""Each app's migrations form one line."""

from django_linear_migrations.apps import check_max_migration_files


def test_every_apps_migrations_form_one_line() -> None:
    assert check_max_migration_files() == []
