"""No sentence for users stands in the code: not in English, not in Chinese."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SPEAKING = sorted([*(ROOT / "cogs").rglob("*.py"), *(ROOT / "bot" / "discord").rglob("*.py")])
# The vocabulary in which people write times and ask is Chinese too; nobody is shown it.
VOCABULARY = {ROOT / "bot" / "when", ROOT / "bot" / "ask"}
CODE = sorted(
    file
    for folder in ("bot", "cogs")
    for file in (ROOT / folder).rglob("*.py")
    if not VOCABULARY & set(file.parents)
)

HAN = re.compile(r"[\u3400-\u9fff]")
WORDS = re.compile(r"[A-Za-z]{2,}[,;:.!?]? [A-Za-z]{2,}")
LETTERS = re.compile(r"[^\W\d_]{2,}")
# What a call shows to a user, wherever its words come from.
SHOWN_KEYWORDS = frozenset({"content", "description", "label", "placeholder", "text", "title"})
SHOWING_CALLS = frozenset(
    {"TextDisplay", "button", "edit_message", "link", "reply", "send", "send_message", "text"}
)
LOGGERS = frozenset({"log", "_log", "logger", "logging", "warnings"})
# Names of commands, as `CommandMentions` takes them.
COMMAND = re.compile(r"(gpu|owner|playground|privacy|quota|remind|settings) [a-z]+")
MARKUP = re.compile(r"<[a-z]+ [^>]*(>|$)|<title>[^<]*</title>|</?[a-z]+>")
# Names in the playground's world, as a server and its members have them anywhere.
NAMES = {
    "bot/discord/playground/world.py": {
        "GPU Scout",
        "GPU Scout playground",
        "Owner of the server",
        "小林 (中文)",
    },
    "bot/discord/playground/server.py": {"GPU Scout playground"},
}


def sentences(source: str, *, allowed: frozenset[str] = frozenset()) -> list[str]:
    """The strings of a source text that a user could read."""
    tree = ast.parse(source)
    exempt = {id(inner) for node in _not_for_users(tree) for inner in ast.walk(node)}
    shown = {id(inner) for node in _shown(tree) for inner in _literals(node)}
    found: list[str] = []
    for node in ast.walk(tree):
        if id(node) in exempt or not isinstance(node, ast.Constant):
            continue
        if not isinstance(node.value, str) or node.value in allowed:
            continue
        said = MARKUP.sub("", node.value)
        is_sentence = WORDS.search(said) and not COMMAND.fullmatch(said)
        if is_sentence or (id(node) in shown and LETTERS.search(said)):
            found.append(node.value)
    return found


def _not_for_users(tree: ast.Module) -> Iterator[ast.AST]:
    """Docstrings, annotations, regular expressions, and what only the operator reads."""
    for node in ast.walk(tree):
        match node:
            case ast.Expr(value=ast.Constant()):
                yield node  # a docstring, of an attribute too
            case ast.Raise() | ast.Assert():
                yield node
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name))) if name in LOGGERS:
                yield node
            case ast.Call(func=ast.Attribute(value=ast.Name(id="re"))):
                yield node
            case ast.Call(func=ast.Name(id="cast"), args=[kind, _]):
                yield kind
            case ast.FunctionDef() | ast.AsyncFunctionDef() if node.returns is not None:
                yield node.returns
            case ast.arg() if node.annotation is not None:
                yield node.annotation
            case ast.AnnAssign():
                yield node.annotation
            case _:
                pass


def _shown(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        yield from (each.value for each in node.keywords if each.arg in SHOWN_KEYWORDS)
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else None
        name = function.id if isinstance(function, ast.Name) else name
        if name in SHOWING_CALLS:
            yield from node.args[:1]


def _literals(node: ast.expr) -> Iterator[ast.Constant]:
    """The strings that are shown as they stand: not those handed on to another call."""
    match node:
        case ast.Constant():
            yield node
        case ast.JoinedStr():
            yield from (each for each in node.values if isinstance(each, ast.Constant))
        case ast.BinOp():
            yield from (*_literals(node.left), *_literals(node.right))
        case ast.IfExp():
            yield from (*_literals(node.body), *_literals(node.orelse))
        case ast.BoolOp():
            for each in node.values:
                yield from _literals(each)
        case _:
            pass


def han(source: str) -> list[str]:
    """The strings of a source text with Chinese characters in them, docstrings too."""
    return [
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and HAN.search(node.value)
    ]


def names_in(file: Path) -> frozenset[str]:
    return frozenset(NAMES.get(file.relative_to(ROOT).as_posix(), ()))


@pytest.mark.parametrize("file", SPEAKING, ids=lambda file: str(file.relative_to(ROOT)))
def test_what_users_read_stands_in_the_locale_files_alone(file: Path) -> None:
    assert sentences(file.read_text(encoding="utf-8"), allowed=names_in(file)) == []


def test_no_chinese_stands_in_the_code() -> None:
    found = {
        f"{file.relative_to(ROOT)}: {text}"
        for file in CODE
        for text in han(file.read_text(encoding="utf-8"))
        if text not in names_in(file)
    }
    assert found == set()


@pytest.mark.parametrize(
    "line",
    [
        'await interaction.response.send_message("Saved.")',
        'await privately(interaction, card(text("Your reminder is stored")))',
        'view.add_item(ui.Button(label="Cancel", custom_id="x"))',
        'ui.Select(placeholder="Choose …" if many else words("pick"))',
        'raise_later = UserError("That is too long for me.")',
        'lines.append(f"You have {n} reminders left, sorry")',
        'lines.append("ends " + when + " in the evening")',
        'text(f"**Done** {x}")',
        'words("key", note="no notes yet")',
        'ui.TextInput(label="Duration")',
        'NOTHING = "nothing is here"',
    ],
)
def test_a_sentence_in_the_code_is_found(line: str) -> None:
    assert sentences(f"async def f():\n    {line}")


@pytest.mark.parametrize(
    "line",
    [
        '"""Answer the user in one sentence."""',
        'log.warning("interaction expired before its answer", extra={})',
        'raise RuntimeError("commands are registered after login")',
        'raise StartupError(f"The port {port} is taken, choose another one")',
        'pattern = re.compile(r"two words [a-z]+ here")',
        'self._mentions("remind session")',
        'text(words("remind-stored"))',
        'button(words("info-timer"), f"gpu:timer:{offer}")',
        'text(f"## {name}")',
        'x: "dict[str, int] | None" = cast("dict[str, int]", y)',
    ],
)
def test_what_no_user_reads_is_let_pass(line: str) -> None:
    assert sentences(f"async def f():\n    {line}") == []


def test_chinese_in_the_code_is_found() -> None:
    assert han('x = f"你好 {name}"') == ["你好 "]
    assert han('def f():\n    """说明"""') == ["说明"]
    assert han("# 注释\nx = 1") == []
