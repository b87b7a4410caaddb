import re
import signal
import sys
from collections.abc import Generator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.playground.visitor import Playground, Visitor, chromium, playground

GPU_SCOUT = Path(sys.executable).with_name("gpu-scout")
CHINESE = re.compile("[\u4e00-\u9fff]{2}")


@pytest.fixture
def page() -> Generator[Page]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def running(page: Page) -> Generator[Playground]:
    with playground((str(GPU_SCOUT), "playground"), SCOUT_PLAYGROUND_PORT="0") as process:
        yield process


@pytest.fixture
def visitor(page: Page, running: Playground) -> Visitor:
    page.goto(running.address)
    return Visitor(page)


def test_a_newcomer_asks_compares_is_reminded_and_meets_the_chinese_member(
    visitor: Visitor, running: Playground
) -> None:
    visitor.runs("gpu compare")
    comparison = visitor.answer_to("gpu")
    expect(comparison).to_contain_text("Kaggle")
    expect(comparison).to_contain_text("Colab")

    visitor.runs("remind me", when="10s", about="look at the oven")
    expect(visitor.unasked("look at the oven")).to_be_visible()

    visitor.runs("remind session", duration="6h", note="epoch seven")
    visitor.runs("playground skip", duration="5h30m")
    expect(visitor.unasked("epoch seven")).to_be_visible()

    visitor.becomes("小林")
    visitor.runs("gpu compare")
    expect(visitor.answer_to("gpu")).to_contain_text("Kaggle")
    expect(visitor.answer_to("gpu")).to_contain_text(CHINESE)

    assert running.end(signal.SIGINT) == 0
    assert "Traceback" not in running.said
