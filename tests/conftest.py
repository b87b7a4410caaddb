"""What holds for every test."""

from hypothesis import settings

# A deadline would make each property a timed test, and the machines are noisy.
settings.register_profile("house", deadline=None)
settings.load_profile("house")
