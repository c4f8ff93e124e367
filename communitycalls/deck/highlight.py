"""Code in colours: a few classes of tokens, neighbours of one class in one piece, line by line."""

from collections.abc import Iterator
from functools import lru_cache

from pygments import lex
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.lexers.special import TextLexer
from pygments.token import Comment, Keyword, Name, Number, Operator, String, _TokenType
from pygments.util import ClassNotFound

from communitycalls.deck.blocks import Code

CLASSES = (
    (Comment, "comment"),
    (String, "string"),
    (Number, "number"),
    (Keyword, "keyword"),
    (Name.Tag, "name"),
    (Name.Function, "name"),
    (Name.Class, "name"),
    (Name.Attribute, "name"),
    (Name.Builtin, "name"),
    (Name.Variable, "name"),
    (Operator.Word, "keyword"),
)

Pieces = tuple[tuple[str, str], ...]


def coloured(code: Code) -> tuple[Pieces, ...]:
    """The lines of a code window, each as (class, text) pieces; the class is "" for plain text."""
    return _rows(code.text, code.language)[code.start : code.stop]


@lru_cache(maxsize=32)
def _rows(code: str, language: str) -> tuple[Pieces, ...]:
    """All lines of a text: a slide that does not fit is tried in several sizes, and cut."""
    rows: list[list[tuple[str, str]]] = [[]]
    for name, text in _pieces(code, language):
        first, *others = text.split("\n")
        _add(rows[-1], name, first)
        for line in others:
            rows.append([])
            _add(rows[-1], name, line)
    return tuple(map(tuple, rows))


def _pieces(code: str, language: str) -> Iterator[tuple[str, str]]:
    for token, text in lex(code, _lexer(language)):
        yield _class_of(token), text


def _lexer(language: str) -> Lexer:
    options = {"stripnl": False, "ensurenl": False}
    try:
        return get_lexer_by_name(language, **options)
    except ClassNotFound:
        return TextLexer(**options)


@lru_cache(maxsize=256)
def _class_of(token: _TokenType) -> str:
    return next((name for kind, name in CLASSES if kind in token.split()), "")


def _add(row: list[tuple[str, str]], name: str, text: str) -> None:
    """Add a piece to a line, joined to the piece before it where the class is the same or the text is blank."""
    if not text:
        return
    if row and (row[-1][0] == name or not text.strip()):
        row[-1] = (row[-1][0], row[-1][1] + text)
    else:
        row.append((name, text))
