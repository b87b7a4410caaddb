"""What the components of an answer carry."""

from simcord.results import InteractionResult

from bot.advice.code import decode
from bot.advice.query import Query
from cogs.views import recommendation
from tests.cogs.town import answer, parts


def custom_ids(result: InteractionResult) -> list[str]:
    return [each["custom_id"] for each in parts(answer(result)) if "custom_id" in each]


def custom_id(result: InteractionResult, start: str) -> str:
    """The only one that begins so."""
    (found,) = (each for each in custom_ids(result) if each.startswith(start))
    return found


def carried(result: InteractionResult, selects: str = recommendation.ASK) -> Query:
    """The request that the selects of an answer go on from."""
    code = next(each for each in custom_ids(result) if each.startswith(selects))
    query = decode(code.removeprefix(selects).partition(":")[2])
    assert query is not None
    return query
