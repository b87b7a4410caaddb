"""A fake Discord: REST API v10 and gateway on loopback, for a bot that runs as its own process.

`FakeDiscord` is all that a test needs; `python -m tests.fakes.discord` serves it alone.
"""

from tests.fakes.discord.actions import NotOfferedError
from tests.fakes.discord.handles import ApplicationDidNotRespondError, InteractionHandle
from tests.fakes.discord.messages import Message
from tests.fakes.discord.server import FakeDiscord, Scene
from tests.fakes.discord.wire import CallbackType, Intent, MessageFlag, Permission
from tests.fakes.discord.world import Channel, Guild, Member, Role, User

__all__ = [
    "ApplicationDidNotRespondError",
    "CallbackType",
    "Channel",
    "FakeDiscord",
    "Guild",
    "Intent",
    "InteractionHandle",
    "Member",
    "Message",
    "MessageFlag",
    "NotOfferedError",
    "Permission",
    "Role",
    "Scene",
    "User",
]
