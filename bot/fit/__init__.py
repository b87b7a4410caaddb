"""Will it fit: how much memory a run needs, on which card, and for how long it would run."""
