"""What ends the process at its start, in one sentence for the operator."""


class StartupError(Exception):
    """The bot can't start; the message says why and what to do, and nothing else is shown."""
