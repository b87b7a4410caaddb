"""Sentences by key: loads the locale files and formats their messages."""

from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import final

from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax.ast import Junk

from bot.speech.locales import Locale

Argument = str | int | float
# One answer has some forty sentences and most of them recur with the same arguments; a format
# costs 30 microseconds, a look-up less than one.
CACHE_SIZE = 8192


class PhraseError(Exception):
    """A sentence is missing, or its arguments do not fit it."""


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
        self._bundles = {locale: _bundle(root, locale) for locale in Locale}
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
        message_id, _, attribute = key.partition(".")
        bundle = self._bundles[locale]
        if not bundle.has_message(message_id):
            return False
        message = bundle.get_message(message_id)
        return attribute in message.attributes if attribute else message.value is not None

    def _format(self, locale: Locale, key: str, /, **arguments: Argument) -> str:
        if not self.has(locale, key):
            raise PhraseError(f"{locale}: no message {key}")
        bundle = self._bundles[locale]
        message_id, _, attribute = key.partition(".")
        message = bundle.get_message(message_id)
        pattern = message.attributes[attribute] if attribute else message.value
        # `has` was true, so there is a pattern; the library types it as optional.
        assert pattern is not None  # noqa: S101
        text, errors = bundle.format_pattern(pattern, arguments)
        if errors:
            raise PhraseError(f"{locale}: {key}: {errors[0]}")
        return str(text)


def _bundle(root: Traversable, locale: Locale) -> FluentBundle:
    # Isolating marks are invisible and would land inside <t:...> and mentions.
    bundle = FluentBundle([locale], use_isolating=False)
    for file in _locale_files(root, locale):
        resource = FluentResource(_read(file, locale))
        # The bundle leaves out what is no message, and with it a sentence.
        for entry in resource.body:
            if isinstance(entry, Junk):
                text = (entry.content or "")[:60]
                raise PhraseError(f"{locale}/{file.name}: no message: {text!r}")
        bundle.add_resource(resource)
    return bundle


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
