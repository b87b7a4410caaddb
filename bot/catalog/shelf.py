"""The catalog in use: read again on request, and never half of one."""

from collections.abc import Callable
from typing import final

from bot.catalog.catalog import Catalog
from bot.catalog.changes import Difference, changes


@final
class CatalogShelf:
    """Holds the last good catalog. Answers take it once, so each is of one piece."""

    def __init__(self, read: Callable[[], Catalog]) -> None:
        """Read the first catalog.

        Raises:
            CatalogError: a file is broken.
        """
        self._read = read
        self._catalog = read()

    @property
    def catalog(self) -> Catalog:
        """The catalog that holds now."""
        return self._catalog

    def reload(self) -> tuple[Difference, ...]:
        """Read the files again, and return what changed.

        Raises:
            CatalogError: a file is broken; the last good catalog stays in use.
        """
        fresh = self._read()
        found = changes(self._catalog, fresh)
        self._catalog = fresh
        return found
