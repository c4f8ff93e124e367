"""What stands in a document for something that is not there yet: absence, and never a value."""

import re

BARE = re.compile(
    r"tb[adc]|t\.b\.[adc]\.?|to[ -]?dos?|n/?a|none(?: so far| yet)?|nothing(?: yet| so far)?|pending|coming(?: soon)?|"
    r"soon|empty|not (?:yet )?available(?: yet)?|link follows|(?:link )?to follow|"
    r"to be (?:announced|added|confirmed|decided|defined|determined|done|filled(?: in)?|provided|published|updated)|"
    r"x{3,}|\?+|\.{2,}|…|[-–—]+",
    re.IGNORECASE,
)
_DONE = (
    r"(?:added|announced|available|confirmed|decided|determined|filled(?: in)?|linked|posted|provided|published|shared|"
    r"shown|supplied|updated|uploaded|written)"
)
PROMISE = re.compile(
    rf"\b(?:(?:will|to|shall|can|would|going to) (?:be(?:come)?|get) (?:made )?{_DONE}"
    r"|(?:will|to) (?:follow|appear|go))\b",
    re.IGNORECASE,
)
HERE = re.compile(
    r"\b(?:here|minutes|notes|link|recording|stream|video|slides|deck|q&a|questions)\b"
    r"|\b(?:before|after|during|when|once|as soon as) the (?:call|meeting|event|stream)\b",
    re.IGNORECASE,
)
GOES_HERE = re.compile(r"\bgo(?:es)? here\b|\bplaceholder\b|\bfill (?:this |me )?in\b|\byour .+ here\b", re.IGNORECASE)
NOTHING = re.compile(
    r"(?:(?:there|we) (?:were|was|are|had|have|is) )?"
    r"no(?:ne)? ?(?:further |more |open |new |other |additional |community )*"
    r"(?:questions?|q ?& ?a|minutes|notes|answers?|action items?|actions|decisions?|recording|slides)?"
    r"(?: (?:were|was|are|is|have been|has been|got))?"
    r"(?: (?:asked|raised|taken|made|recorded|available|kept|came up|this time|today|so far|yet|"
    r"in this (?:call|meeting)|from (?:the )?(?:community|participants|audience)|for this (?:call|meeting)))*",
    re.IGNORECASE,
)
MARKS = re.compile(r"^[\s\[({<*_`>~-]+|[\s\])}>*_`~.!:]+$")
LONGEST = 30


def is_placeholder(text: str, *, promised: bool = False) -> bool:
    """Whether a text only says that something is not there. `promised`: where a link or a value is due, any promise is.

    Every line of the text must say so; a sentence of a report that happens to hold such words does not.
    """
    rows = [row for row in text.splitlines() if row.strip()]
    return bool(rows) and all(_is_one(row, promised) for row in rows)


def _is_one(row: str, promised: bool) -> bool:
    bare = _bare(row)
    if not bare or BARE.fullmatch(bare) or BARE.fullmatch(bare.rstrip(".")):
        return True
    if len(bare.split()) > LONGEST:
        return False
    if bare.lower().startswith("no") or bare.lower().startswith(("there", "we ")):
        found = NOTHING.fullmatch(bare)
        if found and bare.lower() not in {"no", "there"}:
            return True
    if GOES_HERE.search(bare):
        return len(bare.split()) <= 12
    return bool(PROMISE.search(bare)) and (promised or bool(HERE.search(bare)))


def _bare(row: str) -> str:
    """The words of a line without list marks, brackets and the punctuation around them."""
    before = None
    while before != row:
        before, row = row, MARKS.sub("", row.strip())
    return row
