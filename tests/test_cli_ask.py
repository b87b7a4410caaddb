import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.cli import main
from bot.cli_ask import asker
from bot.cli_catalog import list_reports
from bot.clock import SystemClock
from bot.store.reports import ReportRepository
from bot.store.store import Store
from tests.ask.conftest import lexicon_of_the_project

KEYS = {
    "intent",
    "offers",
    "providers",
    "gpus",
    "attributes",
    "constraints",
    "clarify",
    "answer",
    "sources",
}


def test_an_answer_has_all_its_keys_and_its_sources(capsys: pytest.CaptureFixture[str]) -> None:
    main(["ask", "--json", "when does kaggle renew?"])
    found = json.loads(capsys.readouterr().out)
    assert set(found) == KEYS
    assert found["offers"] == ["kaggle-notebooks-gpu"]
    assert found["attributes"][0] == "quota_reset"
    assert "Saturday 00:00 UTC" in found["answer"]
    assert any("kaggle.com" in source for source in found["sources"])


def test_two_cards_of_one_offer_are_told_once_what_they_give_together(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["ask", "--json", "can kaggle's T4 x2 fit a 13B lora"])
    answer = json.loads(capsys.readouterr().out)["answer"]
    assert answer.count("Two cards are not one") == 1
    assert "27.3 GiB together" in answer
    main(["ask", "--json", "is a 4060 8GB enough for sdxl?"])
    assert "**Does not fit** on 8 GB" in json.loads(capsys.readouterr().out)["answer"]


def test_the_answer_is_in_the_language_of_the_question(capsys: pytest.CaptureFixture[str]) -> None:
    main(["ask", "--json", "T4能跑7b qlora吗"])
    assert (
        "T4 上**放得下**：需要 10.6 GiB，可用 13.6 GiB"
        in json.loads(capsys.readouterr().out)["answer"]
    )


def test_a_question_may_begin_like_an_option(capsys: pytest.CaptureFixture[str]) -> None:
    main(["ask", "--json", "-colab?"])
    assert json.loads(capsys.readouterr().out)["providers"] == ["Google Colab"]


def test_a_reminder_tells_its_time_and_the_filled_in_command() -> None:
    ask = asker(lexicon_of_the_project().catalog, now=datetime(2026, 11, 23, 9, tzinfo=UTC))
    found = ask("remind me in 2 hours to `save` @everyone")
    assert found["constraints"] == {"when": "in 2 hours"}
    assert "/remind me" in str(found["answer"])
    assert "@everyone" not in str(found["answer"])


async def test_reports_are_listed_and_closed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    address = f"sqlite:///{tmp_path / 'scout.sqlite3'}"
    store = await Store.open(address, clock=SystemClock())
    now = SystemClock().now()
    shelf = ReportRepository(store=store)
    number = await shelf.add(
        user_id=1,
        offer_id="kaggle-notebooks-gpu",
        wrong="20 h",
        source=None,
        since=now,
        most=1,
        most_open=9,
    )
    await store.close()
    monkeypatch.setenv("DATABASE_URL", address)
    await list_reports(close=None)
    assert "kaggle-notebooks-gpu  20 h" in capsys.readouterr().out
    await list_reports(close=number)
    await list_reports(close=None)
    assert "0 open reports" in capsys.readouterr().out
