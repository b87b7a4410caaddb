"""Facts and words, no code: a package so that a wheel carries it and `importlib.resources` finds it."""
