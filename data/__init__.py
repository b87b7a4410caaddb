"""Facts and words, no code: a package, so that `importlib.resources` finds it in a wheel too."""
