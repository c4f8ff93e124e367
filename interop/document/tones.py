"""How good a level is, told from its code, name, symbol and meaning.

Words say most, symbols less, and the place on a graded scale (L1, L2, …; tier 1, tier 2, …) decides where both are
silent or where all that is known is that one level comes after another. The same letter may mean opposite things:
`x` on a graded scale is a no, `X` alone in a column of ticks is a tick.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from interop.document.values import Level, Tone

SYMBOLS = {
    Tone.FULL: "✅☑🌟⭐💚🏆🥇",
    Tone.WORKS: "🟢🟩👍🆗●⬤🥈",
    Tone.PARTIAL: "🔵🟦🟡🟨◐◑◒◓🚧🏗🥉",
    Tone.CAVEAT: "⚠🟠🟧🔶🔸❗",
    Tone.NONE: "❌✗✘✖✕\u00d7🔴🟥⛔🚫👎○🛑💔⭕🅇",
    Tone.UNKNOWN: "❓❔⚪🤷⏳🔍",
    Tone.BLANK: "\u2013\u2014\u2796⬜◻▫",
}
OF_SYMBOL = {symbol: tone for tone, symbols in SYMBOLS.items() for symbol in symbols}
SHORTCODES = {
    "white_check_mark": "✅",
    "heavy_check_mark": "✔",
    "ballot_box_with_check": "☑",
    "x": "❌",
    "negative_squared_cross_mark": "❌",
    "heavy_multiplication_x": "✖",
    "no_entry": "⛔",
    "no_entry_sign": "🚫",
    "warning": "⚠",
    "construction": "🚧",
    "question": "❓",
    "grey_question": "❔",
    "green_circle": "🟢",
    "large_blue_circle": "🔵",
    "blue_circle": "🔵",
    "yellow_circle": "🟡",
    "orange_circle": "🟠",
    "red_circle": "🔴",
    "white_circle": "⚪",
    "green_square": "🟩",
    "yellow_square": "🟨",
    "red_square": "🟥",
    "heavy_minus_sign": "\u2796",
    "+1": "👍",
    "-1": "👎",
    "star": "⭐",
}
WORDS = (
    (Tone.PARTIAL, r"^not (?:fully|completely|all|every)\b"),
    (Tone.BLANK, r"^(?:-+|n\.?/?a\.?|not applicable|not stated|blank|empty|\[ \])$"),
    (Tone.UNKNOWN, r"^\?+$|^(?:unknown|untested|unverified|unclear|unsure|tb[ad]|to be|maybe|no data)\b"),
    (Tone.UNKNOWN, r"^not (?:yet )?(?:tested|known|verified)\b"),
    (Tone.NONE, r"^(?:no|none|not|never|nope|false|broken|fail\w*|planned|eol|end of life|impossible|removed|bad)\b"),
    (Tone.NONE, r"^(?:does(?:n't| not)|will not|cannot|can't|incompatible|non[- ]?(?:functional|working))\b"),
    (Tone.NONE, r"^un(?:supported|available|maintained)\b"),
    (Tone.CAVEAT, r"\b(?:caveats?|work-?arounds?|experimental|deprecated|limited|limitations?|restrict\w+|own risk)\b"),
    (Tone.CAVEAT, r"\b(?:preview|alpha|unstable|degraded)\b"),
    (Tone.PARTIAL, r"\b(?:partial\w*|partly|some|incomplete|in progress|wip|prototype|beta|basic|minimal|but)\b"),
    (Tone.PARTIAL, r"\b(?:best[- ]effort|bronze)\b"),
    (Tone.FULL, r"\b(?:full|fully|all|every|complete\w*|certified|official\w*|stable|ga|gold|platinum|perfect\w*)\b"),
    (Tone.WORKS, r"\b(?:works?|working|support(?:s|ed)?|available|compatible|maintained|community|silver|mostly)\b"),
    (Tone.WORKS, r"\b(?:yes|true|ok|okay|good|fine|done|tested|pass(?:es|ing|ed)?)\b"),
)
OF_WORDS = tuple((tone, re.compile(pattern, re.IGNORECASE)) for tone, pattern in WORDS)
QUALIFIED = re.compile(r"\b(mostly|community)\b", re.IGNORECASE)
TICKS = ("X", "x", "[x]", "[X]", "✓", "✔", "√", "y", "Y", "yes", "Yes", "YES")
WHOLE = re.compile(r"\b(full|complete|feature)", re.IGNORECASE)
GRADE = re.compile(r"([A-Za-z]*)[ -]?(\d{1,2})|([A-F])")
SCALE = (Tone.FULL, Tone.WORKS, Tone.PARTIAL, Tone.CAVEAT)
DECISIVE = (Tone.NONE, Tone.UNKNOWN, Tone.CAVEAT)
WORSE = (Tone.NONE, Tone.UNKNOWN, Tone.CAVEAT, Tone.PARTIAL)


def with_tones(criterion: str, levels: Sequence[Level]) -> tuple[Level, ...]:
    """The levels of a criterion of this name, each with its tone."""
    grades = _grades(levels)
    return tuple(replace(level, tone=_tone(criterion, level, levels, grades)) for level in levels)


def _tone(criterion: str, level: Level, levels: Sequence[Level], grades: dict[str, Tone]) -> Tone:
    said = _of_words(level.name) or (_of_words(level.code) if level.code not in TICKS else None)
    if said is None and level.code == "x" and _is_no(level, levels, grades):
        said = None if level.meaning else Tone.NONE
    elif said is None and level.code in TICKS and not level.meaning:
        said = Tone.FULL if WHOLE.search(criterion) else Tone.WORKS
    drawn = OF_SYMBOL.get(level.symbol[:1])
    if said is Tone.WORKS and drawn is Tone.FULL and not QUALIFIED.search(level.name):
        return drawn
    return said or drawn or grades.get(level.code) or _of_words(level.meaning) or _of_tick(level) or Tone.UNKNOWN


def _of_words(text: str) -> Tone | None:
    return next((tone for tone, pattern in OF_WORDS if pattern.search(text)), None)


def _of_tick(level: Level) -> Tone | None:
    return Tone.WORKS if level.code in TICKS else None


def _is_no(level: Level, levels: Sequence[Level], grades: dict[str, Tone]) -> bool:
    """Whether `x` is a cross: it is, beside grades or beside anything else that says yes."""
    others = [one for one in levels if one != level]
    return bool(grades) or any(one.code in TICKS or _of_words(one.code) in SCALE[:2] or one.symbol for one in others)


def _grades(levels: Sequence[Level]) -> dict[str, Tone]:
    """Tones by place for levels such as L1, L2 or tier 1, tier 2: the lowest number is best, or the highest by words.

    A caveat, a no and a doubt in a level's meaning say more than its place.
    """
    graded = {level: match for level in levels if (match := GRADE.fullmatch(level.code))}
    if len(graded) < 2 or len({(match[1] or "").casefold() for match in graded.values()}) > 1:
        return {}
    places = {level: int(match[2]) if match[2] else ord(match[3]) for level, match in graded.items()}
    ordered = sorted(graded, key=lambda level: places[level])
    first, last = (_of_words(level.name or level.meaning) for level in (ordered[0], ordered[-1]))
    best = ordered[-1] if first in WORSE and last not in WORSE else ordered[0]
    far = {level: abs(places[level] - places[best]) for level in ordered}
    by_place = {level.code: SCALE[min(far[level], len(SCALE) - 1)] for level in ordered}
    said = {level.code: _of_words(level.meaning) for level in ordered}
    return by_place | {code: tone for code, tone in said.items() if tone in DECISIVE and tone}
