from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.reminders.models import ReminderId, ReminderKind
from bot.reminders.notice import Notice
from bot.speech import stamps
from bot.speech.locales import Locale
from bot.speech.notices import notice_text
from bot.speech.phrasebook import Phrasebook, Words

ENDS = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
HALF_AN_HOUR = timedelta(minutes=30)

SESSION = Notice(
    reminder_id=ReminderId(1),
    number=1,
    owner_id=42,
    kind=ReminderKind.SESSION,
    locale="en-US",
    due_at=ENDS - HALF_AN_HOUR,
    lead=HALF_AN_HOUR,
    note=None,
    note_hidden=False,
    offer_id="google-colab-free",
    ends_at=ENDS,
    time_left=HALF_AN_HOUR,
    session_over=False,
    late_by=None,
    may_repeat=False,
    moved_because=None,
)
CUSTOM = replace(
    SESSION,
    kind=ReminderKind.CUSTOM,
    lead=None,
    note="feed the *cat*",
    offer_id=None,
    ends_at=None,
    time_left=None,
)
OVER = replace(SESSION, session_over=True, time_left=None)


@pytest.fixture(params=list(Locale))
def words(request: pytest.FixtureRequest, phrasebook: Phrasebook) -> Words:
    return phrasebook.words(request.param)


def lines(notice: Notice, words: Words, offer: str | None = "Colab") -> list[str]:
    return notice_text(notice, words=words, offer=offer).split("\n")


def test_a_warning_is_one_line_that_a_lock_screen_shows_whole(words: Words) -> None:
    (line,) = lines(SESSION, words)
    assert line.startswith("<@42> ⏰ ")
    assert "Colab" in line
    assert stamps.relative(ENDS) in line
    assert stamps.clock(ENDS) in line


def test_a_session_without_a_provider_is_yours(words: Words) -> None:
    (line,) = lines(SESSION, words, None)
    assert words("notice-session-any") in line


def test_the_note_of_a_session_is_quoted_below(words: Words) -> None:
    assert lines(replace(SESSION, note="a\n**b**"), words)[1:] == ["> a \\*\\*b\\*\\*"]


def test_a_custom_reminder_says_its_note_first(words: Words) -> None:
    assert lines(CUSTOM, words) == ["<@42> ⏰ feed the \\*cat\\*"]


def test_what_comes_late_says_how_late_and_when_it_was_due(words: Words) -> None:
    late = lines(replace(CUSTOM, late_by=timedelta(minutes=12)), words)
    due = stamps.clock(CUSTOM.due_at)
    span = "12 min" if words.locale is Locale.EN_US else "12 分钟"
    assert late[1:] == [words("notice-late", span=span, due=due)]


def test_a_last_word_at_the_end_itself_does_not_apologise(words: Words) -> None:
    session = words("notice-session-name", offer="Colab")
    on_time = words("notice-over", session=session, clock=stamps.clock(ENDS))
    assert lines(OVER, words) == [f"<@42> {on_time}"]


def test_a_warning_that_comes_after_the_end_says_that_it_is_over_instead(words: Words) -> None:
    (line,) = lines(replace(OVER, late_by=timedelta(hours=2)), words)
    session = words("notice-session-name", offer="Colab")
    over = words(
        "notice-over-late",
        session=session,
        clock=stamps.clock(ENDS),
        relative=stamps.relative(ENDS),
    )
    assert line == f"<@42> {over}"


def test_a_hidden_one_tells_nothing_of_what_it_is_about(words: Words) -> None:
    hidden = replace(SESSION, note_hidden=True, note=None, offer_id=None, moved_because="dm_closed")
    text = "\n".join(lines(hidden, words, None))
    assert words("notice-hidden") in text
    assert "<t:" not in text


@pytest.mark.parametrize(
    "reason",
    [
        "dm_closed", "no_mutual_server", "no_such_user", "channel_gone", "no_access",
        "no_permission", "thread_archived", "server_left", "server_policy", "owner_may_not_speak",
    ],
)  # fmt: skip
def test_one_that_was_moved_says_why(words: Words, reason: str) -> None:
    assert lines(replace(CUSTOM, moved_because=reason), words)[1:] == [words(f"moved-{reason}")]
    assert words(f"moved-{reason}") != words("moved-other")
    assert words.has(f"failed-{reason}")


def test_a_reason_that_is_new_to_the_words_is_said_in_general(words: Words) -> None:
    moved = lines(replace(CUSTOM, moved_because="discord_12345"), words)
    assert moved[1:] == [words("moved-other")]


def test_one_that_may_be_a_repeat_says_so(words: Words) -> None:
    assert lines(replace(CUSTOM, may_repeat=True), words)[1:] == [words("notice-may-repeat")]


def test_all_at_once_stay_in_their_order(words: Words) -> None:
    text = lines(
        replace(
            SESSION,
            note="n",
            late_by=timedelta(minutes=2),
            moved_because="no_access",
            may_repeat=True,
        ),
        words,
    )
    assert len(text) == 5
    assert text[1] == "> n"
    assert text[3] == words("moved-no_access")
    assert text[4] == words("notice-may-repeat")
