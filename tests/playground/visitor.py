"""What a person does on the playground's page, in Chromium."""

import os
import re
import shutil
import signal
import subprocess
import threading
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from typing import IO

import pytest
from playwright.sync_api import Locator, Page, expect, sync_playwright

PATIENCE = 30.0  # seconds until something that should come counts as missing
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class Playground:
    """A playground in a process of its own."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            command,
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._lines: list[str] = []
        self._announced = threading.Event()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    @property
    def said(self) -> str:
        return "".join(self._lines)

    @property
    def address(self) -> str:
        self._announced.wait(PATIENCE)
        found = re.search(r"http://127\.0\.0\.1:\d+/\S*", self.said)
        assert found, f"no address was printed, but: {self.said}"
        return found[0]

    def end(self, how: signal.Signals) -> int:
        if self._process.poll() is None:
            self._process.send_signal(how)
        try:
            return self._process.wait(PATIENCE)
        finally:
            self._process.kill()
            self._reader.join()
            self._pipe.close()

    @property
    def _pipe(self) -> IO[str]:
        assert self._process.stdout is not None
        return self._process.stdout

    def _read(self) -> None:
        for line in self._pipe:
            self._lines.append(line)
            if "http://127.0.0.1:" in line:
                self._announced.set()
        self._announced.set()


class Visitor:
    """One open page and the person before it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.messages = page.locator("#channel-message-list article.channel-message")

    def types(self, command: str, **options: str) -> None:
        self.page.locator("#channel-composer-input").fill(f"/{command}")
        name = re.compile(f"^/{re.escape(command)}$")
        self.page.locator(".command-entry strong").filter(has_text=name).click()
        for option, value in options.items():
            self._fills(option, value)

    def sends(self) -> None:
        self.page.locator("#send-message").click()
        # The command's row gives way to the text box when the answer is on the page.
        expect(self.page.locator("#channel-composer-input")).to_be_visible()

    def runs(self, command: str, **options: str) -> None:
        self.types(command, **options)
        self.sends()

    def message(self, text: str) -> Locator:
        return self.messages.filter(has_text=text).last

    def answer_to(self, command: str) -> Locator:
        return self.messages.filter(has_text=f"used /{command}").last

    def unasked(self, text: str) -> Locator:
        """The message that came by itself: no "Ada used /remind" stands above it."""
        return self.messages.filter(has_text=text).filter(has_not_text="used /").last

    def presses(self, label: str) -> None:
        self.page.get_by_role("button", name=label, exact=True).last.click()

    def becomes(self, name: str) -> None:
        picker = self.page.locator("#viewer-picker")
        choice = picker.locator("option", has_text=name).first.get_attribute("value")
        with self.page.expect_response("**/api/action"):
            picker.select_option(choice)
        expect(self.page.locator("#action-status")).not_to_have_text("Switching viewer…")

    def _fills(self, option: str, value: str) -> None:
        field = self.page.locator(f'.command-option-input[data-option="{option}"]')
        if not field.is_visible():
            self.page.locator(".command-ghost").click()
            self.page.locator(".command-suggestion", has_text=option).first.click()
        field.fill(value)


@contextmanager
def playground(command: Sequence[str], **environment: str) -> Generator[Playground]:
    running = Playground(command, environment)
    try:
        yield running
    finally:
        running.end(signal.SIGKILL)


@contextmanager
def chromium(*, width: int = 1280, height: int = 900) -> Generator[Page]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if path is None:
        pytest.skip("no Chromium here: install `chromium`, or name one in CHROMIUM")
    with sync_playwright() as library:
        browser = library.chromium.launch(executable_path=path, args=list(FLAGS))
        try:
            page = browser.new_page(viewport={"width": width, "height": height})
            page.set_default_timeout(PATIENCE * 1000)
            expect.set_options(timeout=PATIENCE * 1000)
            yield page
        finally:
            browser.close()
