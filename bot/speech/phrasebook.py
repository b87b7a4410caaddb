"""Sentences by key: loads the locale files and formats their messages."""

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import final

from fluent.runtime.resolver import Pattern

from bot.speech.locales import Locale
from bot.speech.messages import Messages, PhraseError

Argument = str | int | float
# One answer has some forty sentences and most of them recur with the same arguments; a format
# costs 30 microseconds, a look-up less than one.
CACHE_SIZE = 8192


__all__ = ["Argument", "PhraseError", "Phrasebook", "Words"]


class Words:
    """The phrasebook, opened at one language: `words("remind-stored", id="7")`."""

    __slots__ = ("_book", "locale")

    def __init__(self, book: "Phrasebook", locale: Locale) -> None:
        self._book = book
        self.locale = locale

    def __call__(self, key: str, /, **arguments: Argument) -> str:
        """Return the sentence for `key` (`message` or `message.attribute`)."""
        return self._book.say(self.locale, key, **arguments)

    def has(self, key: str) -> bool:
        """Tell whether there is such a sentence."""
        return self._book.has(self.locale, key)


@final
class Phrasebook:
    """All sentences of all locales.

    Integers are formatted as counts, with separators in thousands: hand ids and timestamps over
    as strings.
    """

    def __init__(self, root: Traversable | None = None) -> None:
        """Read `<root>/<locale>/*.ftl`; by default the locale files of the package `data`.

        Raises:
            PhraseError: a file is missing in one of the locales, or can't be read.
        """
        root = root if root is not None else files("data").joinpath("locales")
        _check_files(root)
        self._messages = {
            locale: Messages(
                locale,
                [(file.name, _read(file, locale)) for file in _locale_files(root, locale)],
            )
            for locale in Locale
        }
        self._words = {locale: Words(self, locale) for locale in Locale}
        self._cached = lru_cache(maxsize=CACHE_SIZE)(self._format)

    def words(self, locale: Locale) -> Words:
        """Return the phrasebook opened at one language."""
        return self._words[locale]

    def say(self, locale: Locale, key: str, /, **arguments: Argument) -> str:
        """Return one sentence.

        Raises:
            PhraseError: no such message in this locale, or an argument is missing.
        """
        return self._cached(locale, key, **arguments)

    def has(self, locale: Locale, key: str) -> bool:
        """Tell whether `key` (`message` or `message.attribute`) is there in this locale."""
        return self._pattern(locale, key) is not None

    def read_next(self) -> bool:
        """Parse one sentence that nobody has asked for so far; tell whether there was one.

        Raises:
            PhraseError: it is broken; the next call goes on behind it.
        """
        return any(messages.read_next() for messages in self._messages.values())

    def _format(self, locale: Locale, key: str, /, **arguments: Argument) -> str:
        pattern = self._pattern(locale, key)
        if pattern is None:
            raise PhraseError(f"{locale}: no message {key}")
        try:
            return self._messages[locale].format(pattern, arguments)
        except PhraseError as error:
            raise PhraseError(f"{locale}: {key}: {error}") from error

    def _pattern(self, locale: Locale, key: str) -> Pattern | None:
        message_id, _, attribute = key.partition(".")
        message = self._messages[locale].get(message_id)
        if message is None or not attribute:
            return message and message.value
        return message.attributes.get(attribute)


def _read(file: Traversable, locale: Locale) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PhraseError(f"{locale}/{file.name} can't be read: {error}") from error


def _check_files(root: Traversable) -> None:
    """Make sure that what one language has, each has: a missing file is a hundred sentences."""
    there = {locale: {file.name for file in _locale_files(root, locale)} for locale in Locale}
    all_names = set[str]().union(*there.values())
    for locale, names in there.items():
        if missing := sorted(all_names - names) or ([] if names else ["*.ftl"]):
            raise PhraseError(f"{locale}/{missing[0]} is missing")


def _locale_files(root: Traversable, locale: Locale) -> Iterator[Traversable]:
    folder = root.joinpath(str(locale))
    try:
        found = [file for file in folder.iterdir() if file.name.endswith(".ftl")]
    except OSError as error:
        raise PhraseError(f"{locale} can't be read: {error}") from error
    yield from sorted(found, key=lambda f: f.name)
