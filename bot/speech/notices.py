"""What a reminder's message says."""

from bot.reminders.models import ReminderKind
from bot.reminders.notice import Notice
from bot.speech import stamps
from bot.speech.neutral import neutral
from bot.speech.phrasebook import Words
from bot.speech.quota_notices import quota_told
from bot.speech.quotas import QuotaSpeech
from bot.speech.spans import span

NOTE_SHOWN = 500


def notice_text(
    notice: Notice, *, words: Words, offer: str | None, quotas: QuotaSpeech | None = None
) -> str:
    """Return the content of the message, its most urgent line first: a lock screen shows that.

    Args:
        notice: what to say.
        words: the owner's language.
        offer: the name of the offer whose session it is, in that language.
        quotas: says what is told of a watched quota.
    """
    if notice.quota is not None and quotas is not None:
        first, *others = quota_told(notice.quota, quotas=quotas, words=words)
    else:
        first, others = _headline(notice, words, offer), list[str]()
    lines = [f"<@{notice.owner_id}> {first}", *others]
    if notice.is_last_warning and not notice.session_over and not notice.note_hidden:
        lines.append(words("notice-last-warning"))
    if notice.note and notice.kind is ReminderKind.SESSION:
        lines.append(words("notice-note", note=neutral(notice.note, most=NOTE_SHOWN)))
    if notice.link is not None:
        lines.append(words("notice-link", link=notice.link))
    if notice.missed:
        key = "notice-gathered" if notice.was_quiet else "notice-missed"
        lines.append(words(key, n=notice.missed))
    if notice.late_by is not None and not notice.session_over:
        due = stamps.clock(notice.due_at)
        lines.append(words("notice-late", span=span(notice.late_by, words), due=due))
    if notice.moved_because is not None:
        lines.append(_moved(notice.moved_because, words))
    if notice.may_repeat:
        lines.append(words("notice-may-repeat"))
    return "\n".join(lines)


def _headline(notice: Notice, words: Words, offer: str | None) -> str:
    if notice.note_hidden:
        return words("notice-hidden")
    if notice.kind is not ReminderKind.SESSION or notice.ends_at is None:
        return words("notice-custom", note=neutral(notice.note or "", most=NOTE_SHOWN))
    session = words("notice-session-name", offer=offer) if offer else words("notice-session-any")
    when = {"clock": stamps.clock(notice.ends_at), "relative": stamps.relative(notice.ends_at)}
    if notice.rule_changed and not notice.session_over:
        return words("notice-session-moved", session=session, **when)
    if notice.session_over:
        # A warning that was due at the end itself isn't late for having come then.
        late = notice.late_by is not None
        return words("notice-over-late" if late else "notice-over", session=session, **when)
    return words("notice-session", session=session, **when)


def _moved(reason: str, words: Words) -> str:
    key = f"moved-{reason}"
    return words(key if words.has(key) else "moved-other")
