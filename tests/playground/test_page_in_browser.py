import re
import sys
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.playground.visitor import Visitor, chromium, playground

STAND_IN = (sys.executable, "-m", "tests.playground.standin")


@pytest.fixture
def page() -> Iterator[Page]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def address() -> Iterator[str]:
    with playground(STAND_IN) as running:
        yield running.address


@pytest.fixture
def visitor(page: Page, address: str) -> Visitor:
    page.goto(address)
    return Visitor(page)


def test_the_bare_address_opens_the_page_too(page: Page, address: str) -> None:
    page.goto(address.split("#", maxsplit=1)[0])
    expect(Visitor(page).message("Try these:")).to_be_visible()
    expect(page).to_have_title("GPU Scout playground")


def test_a_click_on_the_mention_of_a_command_starts_the_command(visitor: Visitor) -> None:
    visitor.page.locator(".command-mention", has_text="/gpu info").click()
    expect(visitor.page.locator(".command-chip")).to_have_text("/gpu info")
    visitor.page.locator(".command-mention", has_text="/playground skip").click()
    expect(visitor.page.locator(".command-chip")).to_have_text("/playground skip")


def test_components_answer(visitor: Visitor) -> None:
    visitor.runs("gpu info", offer="Modal")
    visitor.presses("More")
    expect(visitor.message("More of Modal")).to_be_visible()
    expect(visitor.message("And a follow-up")).to_be_visible()
    visitor.presses("Start")
    expect(visitor.message("Started")).to_be_visible()
    visitor.page.get_by_text("Select an option").last.click()
    visitor.page.get_by_role("option", name="Lightning").last.click()
    expect(visitor.message("Chosen: Lightning")).to_be_visible()
    visitor.presses("Note")
    visitor.page.locator("#modal-root").get_by_label("Text").fill("epoch 7")
    visitor.presses("Submit")
    expect(visitor.message("Noted: epoch 7")).to_be_visible()


def test_the_latest_message_stays_in_view_on_a_phone(address: str, page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(address)
    visitor = Visitor(page)
    for _ in range(3):
        visitor.runs("gpu info", offer="Modal")
        expect(visitor.messages.last).to_be_in_viewport(ratio=1)
    visitor.runs("remind session", duration="1s")
    expect(visitor.unasked("1s are over")).to_be_in_viewport(ratio=1)


def test_an_answer_taller_than_the_screen_is_read_from_its_beginning(visitor: Visitor) -> None:
    visitor.page.set_viewport_size({"width": 390, "height": 460})
    for offer in ("Modal", "Lightning"):
        visitor.runs("gpu info", offer=offer)
        expect(visitor.message(offer).get_by_text("used /gpu")).to_be_in_viewport()


def test_autocomplete_offers_what_fits(visitor: Visitor) -> None:
    visitor.types("gpu info", offer="kag")
    visitor.page.locator(".command-suggestion", has_text="Kaggle TPU").click()
    visitor.sends()
    expect(visitor.message("Asked in en-US")).to_contain_text("Kaggle TPU")


def test_what_comes_due_appears_by_itself_and_its_buttons_answer(visitor: Visitor) -> None:
    visitor.runs("remind session", duration="1s")
    expect(visitor.unasked("1s are over")).to_be_visible()
    visitor.presses("Done")
    expect(visitor.message("1s are over")).not_to_be_visible()


def test_a_skip_moves_all_times_on_the_page(visitor: Visitor) -> None:
    visitor.runs("remind session", duration="6h")
    promise = visitor.message("Due")
    expect(promise).to_contain_text("in 6 hours")
    visitor.runs("playground skip", duration="5h30m")
    expect(promise).to_contain_text("in 30 minutes")
    visitor.runs("playground skip", duration="31m")
    expect(visitor.unasked("6h are over")).to_be_visible()
    expect(promise).to_contain_text("1 minute ago")


def test_each_member_is_spoken_to_in_their_language(visitor: Visitor) -> None:
    visitor.runs("remind session", duration="6h")
    visitor.becomes("小林")
    expect(visitor.message("Due")).to_contain_text("6小时后")
    visitor.page.locator("#channel-composer-input").fill("/gpu info")
    entry = visitor.page.locator(".command-entry-description")
    expect(entry).to_have_text(re.compile("[\u4e00-\u9fff]"))
    visitor.runs("gpu info", offer="Modal")
    expect(visitor.message("Asked in zh-CN")).to_be_visible()
