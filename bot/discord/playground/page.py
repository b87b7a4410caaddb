"""SimCord's preview, made into a page that is alive: it shows the world's present by itself.

SimCord publishes a page after each action on it, and otherwise when asked. Here a page whose
world has changed is published when its browser looks for news, twice a second. That happens
between two steps of the event loop and never during an action: an overlapping one would leave the
browser in doubt about its outcome and lock it.
"""

from collections.abc import Mapping
from typing import Any, Literal, final

from simcord import Preview
from simcord.preview._pages import _Page  # pyright: ignore[reportPrivateUsage]

from bot.discord.playground.age import Stamps, ages, relative_stamps
from bot.discord.playground.clock import PlaygroundClock
from bot.discord.playground.server import PlaygroundServer
from bot.discord.playground.world import World

Reason = Literal[
    "initial", "refresh", "snapshot", "navigation", "query", "presentation", "action", "capture"
]


@final
class LivePage(Preview):
    """The page of one world; enter it to serve it, on 127.0.0.1 only."""

    def __init__(self, *, world: World, clock: PlaygroundClock, port: int, zone: str) -> None:
        """Show `world` with times in `zone` (an IANA name); port 0 takes a free one."""
        super().__init__(
            world.env,
            world.channel,
            world.actors,
            layout="channel",
            display="responsive",
            width=960,
            height=720,
            locale="en-US",
            timezone=zone,
            presentation_time=None,
            assets=None,
            port=port,
        )
        self.port = port
        self._server = PlaygroundServer(self, port)
        self._world = world
        self._clock = clock
        self._changes = 0
        self._shown: dict[str, int] = {}  # page id -> the changes it had seen when published
        self._stamps: dict[str, dict[str, Stamps]] = {}  # page id -> message id -> its stamps
        world.env.backend.subscribers.append(self._notice)

    def _notice(self, event: str, _payload: Mapping[str, Any]) -> None:
        if event.startswith("MESSAGE_"):
            self._changes += 1

    def _publish(self, page: _Page, *, reason: Reason = "action") -> None:
        if page is self._python and reason != "initial":
            return  # the page of the `Preview` object itself: nobody looks at it here
        super()._publish(page, reason=reason)
        self._shown[page.id] = self._changes
        messages: Mapping[str, Mapping[str, Any]] = page.snapshot["messages"]
        self._stamps[page.id] = {
            message_id: stamps
            for message_id, message in messages.items()
            if (stamps := relative_stamps(message))
        }

    def _page_payload(self, page: _Page) -> dict[str, Any]:
        """Return what the browser is shown, with the clock and the language of its viewer."""
        # pyright: ignore below: SimCord has no public way to ask whether an action runs.
        acting = self.env._operation_task is not None  # noqa: SLF001  # pyright: ignore[reportPrivateUsage]
        if not acting and self._shown.get(page.id) != self._changes:
            self._publish(page, reason="refresh")
        payload = super()._page_payload(page)
        now = self._clock.now()
        payload["profile"] |= {
            "presentationTime": now.isoformat(),
            "locale": self._world.locale_of(page.viewer.id),
        }
        # The browser draws a message again only where it differs; its age makes it differ.
        for message_id, stamps in self._stamps.get(page.id, {}).items():
            if message_id in payload["messages"]:
                payload["messages"][message_id]["age"] = ages(stamps, now)
        return payload
