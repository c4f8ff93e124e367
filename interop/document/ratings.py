"""What a rating cell says: levels, doubt, the author's words.

A criterion's levels are those its legend declares and, after them, every other value its cells use, in the order of
their first appearance. Values are case-sensitive: `x` and `X` are two levels. A cell that names no level keeps its
words in a rating without one; a blank cell has no rating, which means "not stated".
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from interop.document.tables import words
from interop.document.tones import OF_SYMBOL, SHORTCODES, with_tones
from interop.document.values import Level, Rating

CODE_LIMIT = 24
SYMBOL_LIMIT = 16
WORDS_LIMIT = 500
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
APART = re.compile(r"\s+/\s+")
CLOSER = re.compile(r"\s*[/,;+&]\s*|\s+(?:and|or)\s+")
DOUBT = re.compile(r"(.*\S)\s*(?:\?|\(\?\))")
ASIDE = re.compile(r"([^(]*[^(\s])\s*(\(.*\))")
SHORTCODE = re.compile(r":([a-z0-9_+-]+):")
BOX = re.compile(r"\[[ xX]\]")
NO_CODE = re.compile(
    r".*[@#\[\]{}<>|\"“”,;()].*"  # people, references, owners in brackets, markup, lists, asides
    r"|.*://.*|www\..*|.*(?::\s|=|\s[-\u2013\u2014]\s|->|\u2192).*"
    r"|[v≥>=<~^]*\s?\d+(?:[.,:/-]\d+)*\+?"  # numbers, versions, dates
    r"|v?\d+\.\d.*"
    r"|.*[.!:;]",
    re.IGNORECASE,
)
BLANKS = re.compile(r"\s+")
SAID = re.compile(r"([^,;:\u2013\u2014(]*[^,;:\u2013\u2014(\s])\s*[,;:\u2013\u2014(].*")
CODELIKE = re.compile(r"[A-Z]{1,3}|\w{0,4}\s?\d{1,2}|[xX?]")
GRADED = re.compile(r"[LTPS]\d|(?:tier|level) ?\d", re.IGNORECASE)
KNOWN = re.compile(
    r"[xyn?~\u2013\u2014-]|yes|no|none|true|false|okay|ok|good|bad|done|todo|tb[ad]|n/?a|not applicable|unknown"
    r"|full|fully|full support|fully supported|certified|official|community|best[ -]effort|complete|incomplete"
    r"|partial|partially|partial support|partially supported|mostly supported|basic|minimal|limited"
    r"|works?|working|not working|does not work|broken|support|supported|unsupported|no support|not supported"
    r"|(?:in)?compatible|(?:un)?available|(?:un)?maintained|(?:un)?tested|not tested|pass|passing|fail|fails|failing"
    r"|planned|not planned|not yet|wip|(?:work )?in progress|experimental|(?:tech(?:nology)? )?preview|alpha|beta|ga"
    r"|stable|deprecated|eol|end of life|gold|silver|bronze|platinum|known issues|(?:w/|with) (?:caveats?|limitations)",
    re.IGNORECASE,
)


def leading_symbol(text: str) -> str:
    """The mark (emoji, tick, `:shortcode:`) with which a text begins, or ""."""
    shortcode = SHORTCODE.match(text)
    if shortcode and shortcode[1] in SHORTCODES:
        return shortcode[0]
    end = 0
    while end < len(text) and (_draws(text[end]) or (end and unicodedata.category(text[end]) in ("Mn", "Cf", "Sk"))):
        end += 1
    return text[:end] if end <= SYMBOL_LIMIT else ""


def _draws(character: str) -> bool:
    return character in OF_SYMBOL or (ord(character) > 0x7F and unicodedata.category(character) in ("So", "Sm"))


def symbol_of(code: str) -> str:
    """The picture for a code that is one, else ""."""
    if not code or leading_symbol(code) != code:
        return ""
    shortcode = SHORTCODE.fullmatch(code)
    return SHORTCODES[shortcode[1]] if shortcode else code


def is_mark(value: str, codes: Iterable[str]) -> bool:
    """Whether a cell's words look like a rating: a declared code, a symbol or one of the usual words."""
    known = frozenset(codes)
    return bool(value) and all(_is_mark(part, known) for part in APART.split(value))


def _is_mark(value: str, codes: frozenset[str]) -> bool:
    heads = {value, _head(DOUBT, value), _head(ASIDE, value)}
    return (
        any(head in codes or KNOWN.fullmatch(head) or GRADED.fullmatch(head) for head in heads)
        or bool(BOX.fullmatch(value))
        or bool(leading_symbol(value))
    )


def _head(pattern: re.Pattern[str], value: str) -> str:
    match = pattern.fullmatch(value)
    return match[1] if match else value


def marks_in(cell: str) -> frozenset[str]:
    """The values that may be levels in a cell: itself, the parts of a list, what a doubt or an aside is about."""
    value = words(cell)
    parts = {value, *APART.split(value), *CLOSER.split(value)}
    heads = {_head(pattern, part) for pattern in (DOUBT, ASIDE) for part in parts} | {
        leading_symbol(part) for part in parts
    }
    return frozenset(mark for mark in parts | heads if 0 < len(mark) <= CODE_LIMIT)


@dataclass(frozen=True)
class Scheme:
    """A criterion's levels and what each of its cells, by its text, says in them."""

    levels: tuple[Level, ...]
    ratings: dict[str, tuple[Rating, ...]]


def read_ratings(
    criterion: str, declared: Sequence[Level], cells: Iterable[str], foreign: Collection[str] = ()
) -> Scheme:
    """Read all cells of a criterion together: what stands alone in one cell is a level in every other.

    `foreign` are words that belong to another column (owners): a cell that slipped here with them names no level.
    """
    distinct = {cell: words(cell) for cell in cells if cell}
    strayed = {cell: value for cell, value in distinct.items() if value in foreign}
    known = _known(declared, [value for cell, value in distinct.items() if cell not in strayed])
    ratings = {
        cell: (Rating(None, words=value[:WORDS_LIMIT]),) if cell in strayed else _cell(cell, known)
        for cell, value in distinct.items()
    }
    codes = dict.fromkeys(rating.level for found in ratings.values() for rating in found if rating.level is not None)
    declared_codes = {level.code for level in declared}
    added = [_undeclared(code, ratings.values()) for code in codes if code not in declared_codes]
    levels = with_tones(criterion, [*declared, *added])
    names = {level.code: level.name for level in levels if level.name}
    return Scheme(levels, {cell: tuple(_without_name(one, names) for one in found) for cell, found in ratings.items()})


def _known(declared: Sequence[Level], values: Sequence[str]) -> dict[str, str]:
    """Every level by its key: the declared ones and what stands alone in a cell, lists of others left out."""
    known = {_key(level.code): level.code for level in declared}
    alone = [value for value in values if _is_code(value) and not DOUBT.fullmatch(value) and not APART.search(value)]
    for value in alone:
        if not CLOSER.search(value):
            known.setdefault(_key(value), value)
    for value in alone:
        if not all(_key(part) in known for part in CLOSER.split(value)):
            known.setdefault(_key(value), value)
    return known


def _key(code: str) -> str:
    return code.replace("\ufe0f", "")


def _cell(cell: str, known: dict[str, str]) -> tuple[Rating, ...]:
    pieces = [words(piece) for piece in BREAK.split(cell)]
    return tuple(rating for piece in pieces if piece for rating in _piece(piece, known))


def _piece(value: str, known: dict[str, str]) -> tuple[Rating, ...]:
    """One rating, or several where the value is a list whose every part is a level."""
    if _key(value) in known:
        return (Rating(known[_key(value)]),)
    symbols = BLANKS.split(value)
    if len(symbols) > 1 and all(symbol_of(part) for part in symbols):
        return tuple(_one(part, known) for part in symbols)
    parts = tuple(_one(part, known) for part in APART.split(value))
    if len(parts) > 1 and all(part.level is not None for part in parts):
        return parts
    closer = [part for part in CLOSER.split(value) if part]
    if len(closer) > 1 and all(_key(part) in known or symbol_of(part) for part in closer):
        return tuple(_one(part, known) for part in closer)
    return (_one(value, known),)


def _one(value: str, known: dict[str, str]) -> Rating:
    symbol = leading_symbol(value)
    if _key(value) in known:
        return Rating(known[_key(value)])
    if symbol:
        return _of_symbol(symbol, value[len(symbol) :].strip(), known)
    doubted = DOUBT.fullmatch(value)
    if doubted and (head := _one(doubted[1], known)).level is not None and not head.words:
        return replace(head, uncertain=True)
    return _with_words(value, known) or (Rating(value) if _is_code(value) else Rating(None, words=value[:WORDS_LIMIT]))


def _of_symbol(symbol: str, rest: str, known: dict[str, str]) -> Rating:
    doubted = rest in ("?", "(?)")
    return Rating(known.get(_key(symbol), symbol), uncertain=doubted, words="" if doubted else rest[:WORDS_LIMIT])


def _with_words(value: str, known: dict[str, str]) -> Rating | None:
    """A level with something said of it: `X (upstream)`, `L4 on bare metal`, `Partial, no GPU`."""
    aside = ASIDE.fullmatch(value)
    if aside and (_key(aside[1]) in known or _is_code(aside[1])):
        return Rating(known.get(_key(aside[1]), aside[1]), words=aside[2][:WORDS_LIMIT])
    said = SAID.fullmatch(value)
    if said and _key(said[1]) not in known and KNOWN.fullmatch(said[1]):
        return Rating(said[1], words=value[len(said[1]) :].strip()[:WORDS_LIMIT])
    for key, code in sorted(known.items(), key=lambda one: -len(one[0])):
        rest = value[len(key) :]
        if value.startswith(key) and re.match(
            r"\s" if CODELIKE.fullmatch(key) else r"\s*[,;:\u2013\u2014(]|\s+-\s", rest
        ):
            return Rating(code, words=rest.strip()[:WORDS_LIMIT])
    return None


def _is_code(value: str) -> bool:
    """Whether a value is short and plain enough to be a level although no legend declares it."""
    if BOX.fullmatch(value) or value == "?":
        return True
    return (
        0 < len(value) <= CODE_LIMIT
        and len(value.split()) <= 3
        and not NO_CODE.fullmatch(value)
        and not symbol_led(value)
    )


def symbol_led(value: str) -> bool:
    """Whether a symbol begins the value and something follows it."""
    symbol = leading_symbol(value)
    return bool(symbol) and symbol != value


def _undeclared(code: str, ratings: Iterable[tuple[Rating, ...]]) -> Level:
    """A level no legend declares; its name is what all its cells say beside the symbol, where they agree."""
    symbol = symbol_of(code)
    said = [rating.words for found in ratings for rating in found if rating.level == code]
    named = symbol and said[0] and len(set(said)) == 1 and (len(said) > 1 or KNOWN.fullmatch(said[0]))
    return Level(code, symbol, said[0] if named and len(said[0]) <= CODE_LIMIT else "")


def _without_name(rating: Rating, names: dict[str, str]) -> Rating:
    name = names.get(rating.level or "")
    return replace(rating, words="") if name and rating.words.casefold() == name.casefold() else rating
