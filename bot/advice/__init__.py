"""Compare, and later recommend, relax and fit: pure functions over the catalog."""
