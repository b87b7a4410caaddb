from tests.cogs.fixtures import address, catalog, migrated, phrasebook, read_once, town

__all__ = ["address", "catalog", "migrated", "phrasebook", "read_once", "town"]
