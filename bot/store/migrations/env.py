"""What alembic runs for an upgrade: on the connection, and in the transaction, of `migrate`."""

from alembic import context

from bot.store.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    # SQLite's schema changes are part of a transaction too, once the driver begins none itself.
    transactional_ddl=True,
)
with context.begin_transaction():
    context.run_migrations()
