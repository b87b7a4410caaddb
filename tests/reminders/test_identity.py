import re

from hypothesis import given
from hypothesis import strategies as st

from bot.reminders.custom_id import RemindButton, installation_tag
from bot.reminders.models import ReminderId
from bot.reminders.nonce import nonce_for

IDS = st.integers(1, 10**18 - 1).map(ReminderId)
NUMBERS = st.integers(1, 10**9 - 1)
INSTALLATION = "0123456789abcdef0123456789abcdef"


def test_a_nonce_is_the_same_in_every_version_of_the_bot() -> None:
    nonce = nonce_for(
        installation_id=INSTALLATION, reminder_id=ReminderId(1), number=1, target_index=0
    )
    assert nonce == "wvlzbfpa36kwuc7ej243lwkt"


@given(IDS, NUMBERS, st.integers(0, 1))
def test_a_nonce_fits_into_what_discord_takes(
    reminder_id: ReminderId, number: int, index: int
) -> None:
    nonce = nonce_for(
        installation_id=INSTALLATION, reminder_id=reminder_id, number=number, target_index=index
    )
    assert len(nonce) <= 25
    assert re.fullmatch(r"[a-z2-7]+", nonce)


def test_whatever_differs_gives_another_nonce() -> None:
    nonces = {
        nonce_for(
            installation_id=installation,
            reminder_id=ReminderId(reminder_id),
            number=number,
            target_index=index,
        )
        for installation in (INSTALLATION, "f" * 32)
        for reminder_id in (1, 11)
        for number in (1, 11)
        for index in (0, 1)
    }
    assert len(nonces) == 16


@given(IDS, NUMBERS, st.from_regex(r"[a-z0-9_]{1,24}", fullmatch=True))
def test_a_button_says_what_it_refers_to(reminder_id: ReminderId, number: int, action: str) -> None:
    tag = installation_tag(INSTALLATION)
    button = RemindButton(tag=tag, reminder_id=reminder_id, number=number, action=action)
    assert len(button.custom_id) <= 100
    assert RemindButton.parse(button.custom_id) == button


def test_what_is_no_button_of_a_reminder_is_none() -> None:
    good = "rem:01234567:12:3:cancel"
    assert RemindButton.parse(good) is not None
    for custom_id in ("", "gpu:1", f"{good} ", f"x{good}", good.replace("12", "٣"), good + "\n"):
        assert RemindButton.parse(custom_id) is None
