"""Every sentence that a person may read, by key. The sentences are in `locales/<language>/*.ftl`."""

from enum import StrEnum


class Say(StrEnum):
    """Catalog keys. A test compares them with the catalogs, both ways."""

    NOT_FOUND = "not-found"
