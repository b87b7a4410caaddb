import pytest

from bot.speech.locales import Locale, pick


@pytest.mark.parametrize("tag", ["zh-CN", "zh-TW", "zh-HK", "zh", "ZH-hans-CN"])
def test_all_of_chinese_reads_simplified(tag: str) -> None:
    assert pick(tag) is Locale.ZH_CN


@pytest.mark.parametrize("tag", ["en-US", "en-GB", "de", "ja", "zho-not-a-tag", "", None])
def test_the_rest_of_the_world_reads_english(tag: str | None) -> None:
    assert pick(tag) is Locale.EN_US
