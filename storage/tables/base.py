"""The metadata and constants that all tables share."""

from __future__ import annotations

from sqlalchemy import MetaData

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

WAITING, SENT, DROPPED, MOVED, OVERTAKEN, BROKEN = 0, 1, 2, 3, 4, 5
"""What became of an outbox row: still to be sent; sent; never to be sent (`error` says why); given to another chat of
the same person; replaced by a newer message in the same place before it went out; or set aside, because our own code
broke on it (`error` says with what and where), until an upgrade."""
