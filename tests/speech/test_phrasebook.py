from pathlib import Path

import pytest

from bot.speech.locales import Locale
from bot.speech.phrase import Phrase
from bot.speech.phrasebook import Phrasebook, PhraseError, Words


@pytest.fixture
def book(tmp_path: Path) -> Phrasebook:
    for locale, hello in ((Locale.EN_US, "Hello"), (Locale.ZH_CN, "你好")):
        (tmp_path / locale).mkdir()
        lines = [
            f"hello = {hello}, {{ $name }}",
            "    .short = {$n ->",
            "        [one] one",
            "       *[other] { $n }",
            "    }",
            'code = {"{"}{ $name }{"}"}',
            "bare =",
            "    .only = attribute",
        ]
        (tmp_path / locale / "a.ftl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return Phrasebook(tmp_path)


def test_each_language_says_it_its_own_way(book: Phrasebook) -> None:
    assert book.say(Locale.EN_US, "hello", name="Ada") == "Hello, Ada"
    assert book.words(Locale.ZH_CN)("hello", name="Ada") == "你好, Ada"
    assert Phrase("hello", {"name": "Ada"}).put_in(book.words(Locale.ZH_CN)) == "你好, Ada"


def test_nothing_invisible_surrounds_an_argument(english: Words) -> None:
    said = english("remind-list-failed-item", what="<t:1:R>", full="<t:2:F>", reason="x")
    assert "<t:1:R> " in said
    assert said.isprintable()


def test_counts_are_formatted_and_strings_are_not(book: Phrasebook) -> None:
    assert book.say(Locale.EN_US, "hello.short", n=1) == "one"
    assert book.say(Locale.EN_US, "hello.short", n=1234567) == "1,234,567"
    assert book.say(Locale.EN_US, "hello.short", n="1234567") == "1234567"


def test_a_literal_stands_beside_what_is_filled_in(book: Phrasebook) -> None:
    assert book.say(Locale.EN_US, "code", name="Ada") == "{Ada}"


def test_a_number_is_a_count_where_a_text_could_stand_too(book: Phrasebook) -> None:
    assert book.say(Locale.EN_US, "hello", name=1234567) == "Hello, 1,234,567"


def test_an_argument_that_no_message_can_hold_is_an_error(book: Phrasebook) -> None:
    with pytest.raises(PhraseError, match="characters"):
        book.say(Locale.EN_US, "hello", name="x" * 4000)


@pytest.mark.parametrize("key", ["nothing", "hello.nothing", "bare", ""])
def test_a_missing_sentence_is_an_error_and_never_its_key(book: Phrasebook, key: str) -> None:
    assert not book.has(Locale.EN_US, key)
    with pytest.raises(PhraseError):
        book.say(Locale.EN_US, key)


def test_a_missing_argument_is_an_error(book: Phrasebook) -> None:
    with pytest.raises(PhraseError, match="name"):
        book.say(Locale.EN_US, "hello")


def test_a_message_with_an_attribute_alone_has_that_one(book: Phrasebook) -> None:
    assert book.has(Locale.EN_US, "bare.only")
    assert book.say(Locale.EN_US, "bare.only") == "attribute"


def broken(tmp_path: Path, line: str) -> Path:
    for locale in Locale:
        (tmp_path / locale).mkdir()
        text = f"first = 1\n{line}\nlast = 3\n"
        (tmp_path / locale / "b.ftl").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("line", ["no message", "-term = x", "= 2", "key"])
def test_a_line_that_is_no_message_is_named_at_once(tmp_path: Path, line: str) -> None:
    with pytest.raises(PhraseError, match=rf"en-US/b\.ftl: no message: '{line}"):
        Phrasebook(broken(tmp_path, line))


def test_a_message_that_is_broken_is_named_when_it_is_read(tmp_path: Path) -> None:
    book = Phrasebook(broken(tmp_path, "middle = { $a"))
    assert book.read_next()
    for _ in range(2):
        with pytest.raises(PhraseError, match=r"en-US/b\.ftl: no message: 'middle"):
            book.say(Locale.EN_US, "middle", a="x")
    with pytest.raises(PhraseError, match=r"en-US/b\.ftl"):
        book.read_next()
    assert book.read_next()
    assert book.say(Locale.EN_US, "last") == "3"
