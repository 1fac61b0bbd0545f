"""Runs migrations on the connection that `sourcemark.corrections.migrate` hands over, in its transaction."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    version_table=context.config.attributes["version_table"],
    # true of SQLite as it is opened here: the sqlite3 module begins no transactions of its own
    # https://docs.sqlalchemy.org/en/21/dialects/sqlite.html#sqlite-transactions
    transactional_ddl=True,
    # SQLite can change a table by making it anew
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
