"""Alembic's entry point. The connection comes from `storage.migrate`, which holds the lock."""

from typing import Any, Literal

from alembic import context

from storage.columns import UtcTime
from storage.tables import metadata


def in_plain_types(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Render our own column types as the database's types, so that migrations do not depend on today's code."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(item, UtcTime) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    render_item=in_plain_types,
)
context.run_migrations()
