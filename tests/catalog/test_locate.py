import tomllib
from typing import Any, cast

from hypothesis import given
from hypothesis import strategies as st

from bot.catalog.locate import Path, locate

TEXT = '''\
# a comment = "with [everything] { in it }"
top = 1

[table]
"quoted key" = 'literal " text'
long = """
two lines, "quoted"
] } = # not a comment"""
after = [
  1, # one
  { deep = "x", deeper = { value = [true, false] } },
  "three",
]
dotted.name.en = "a"
dotted.name.zh = "b"

[[item]]
name = "first"
[[item.part]]
size = 1
[[item.part]]
size = 2
[item.inner]
when = 2026-09-24 10:00:00

[[item]]
name = "second"
[item.inner]
empty = ["", '', []]
last = "\\"end\\\\"
'''


def test_each_value_is_found_on_its_line() -> None:
    places: dict[Path, int] = {
        ("top",): 2,
        ("table",): 4,
        ("table", "quoted key"): 5,
        ("table", "long"): 6,
        ("table", "after"): 9,
        ("table", "after", 0): 10,
        ("table", "after", 1, "deep"): 11,
        ("table", "after", 1, "deeper", "value", 1): 11,
        ("table", "after", 2): 12,
        ("table", "dotted", "name", "zh"): 15,
        ("item", 0): 17,
        ("item", 0, "part", 1, "size"): 22,
        ("item", 0, "inner", "when"): 24,
        ("item", 1): 26,
        ("item", 1, "name"): 27,
        ("item", 1, "inner", "empty", 2): 29,
        ("item", 1, "inner", "last"): 30,
    }
    assert {path: locate(TEXT, path) for path in places} == places


def test_what_is_missing_is_looked_for_in_the_table_that_would_hold_it() -> None:
    assert locate(TEXT, ("item", 1, "inner", "missing", "too")) == 28
    assert locate(TEXT, ("missing",)) == 1


WORDS = st.text(alphabet="ab \\\"'#[]{}=,.\n中", max_size=8)
VALUES = st.recursive(
    st.integers() | st.booleans() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def toml(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return quoted(value)
        case list():
            items = (f"\n  # ]\n  {toml(each)},\n" for each in cast("list[object]", value))
            return "[" + "".join(items) + "]"
        case dict():
            table = cast("dict[str, object]", value)
            return "{" + ", ".join(f"{quoted(key)} = {toml(table[key])}" for key in table) + "}"
        case _:
            return str(value)


@given(st.dictionaries(WORDS, VALUES, min_size=1, max_size=5), st.integers(0, 3))
def test_keys_are_found_whatever_stands_before_them(tables: dict[str, Any], blank: int) -> None:
    text = "\n" * blank
    expected: dict[Path, int] = {}
    for key, value in tables.items():
        expected["all", key] = text.count("\n") + 2
        text += f"{quoted(key)} = {toml(value)}\n"
    text = "[all]\n" + text
    assert tomllib.loads(text) == {"all": tables}
    assert {path: locate(text, path) for path in expected} == expected
