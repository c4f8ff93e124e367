"""Links of a call: what each is for, its label, and the lines below it (meeting id, passcode)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote

from communitycalls.document import facts
from communitycalls.document.labels import read_label
from communitycalls.document.ledger import Ledger
from communitycalls.document.outline import MARKER, Passage, passage
from communitycalls.document.placeholders import is_placeholder
from communitycalls.document.values import Link
from interop.markdown import Token

KINDS = ("slides", "recording", "stream", "join", "board", "other")
WORDS = (
    ("other", re.compile(r"calendar|\bical\b|\bics\b|\bfaq\b|\bissue\b|\bdate\b", re.I)),
    (
        "other",
        re.compile(r"^(?!.*\b(?:record|slide|video)).*(?:\bnotes\b|\bminutes\b|hackmd|etherpad|google doc)", re.I),
    ),
    ("slides", re.compile(r"\bslides?\b|slide ?deck|\bdeck\b|\bpresentation\b|\bpdf\b", re.I)),
    ("board", re.compile(r"\bboard\b|kanban|\bbacklog\b", re.I)),
    ("recording", re.compile(r"\brecord(?:ing|ed)s?\b|\bvideo\b(?! call| conference)|\breplays?\b", re.I)),
    ("stream", re.compile(r"live ?-?stream|\bstream(?:ing)?\b|\bwatch(?:ing)?\b|\bbroadcast\b|\blive\b", re.I)),
    (
        "join",
        re.compile(
            r"\bjoin(?:ing)?\b|\bzoom\b|\bparticipat\w+|\bdial[- ]?in\b|\bmeet(?:ing)?\b|\bcall\b|\bjitsi\b"
            r"|\bteams\b|\bwebex\b|\bbbb\b|\bconference\b|\broom\b",
            re.I,
        ),
    ),
    ("recording", re.compile(r"\byou ?tube\b|\bvimeo\b", re.I)),
)
PLACES = (
    ("recording", re.compile(r"//[^/]*zoom\.us/rec/", re.I)),
    (
        "join",
        re.compile(
            r"//(?:[^/]*\.)?(?:zoom\.us/(?:j|my|w|s)/|meet\.google\.com|teams\.microsoft\.com|meet\.jit\.si|whereby\.com|"
            r"[^/]*webex\.com|meet\.[^/]+/|jitsi\.|bbb\.|bigbluebutton|gotomeet|discord\.gg)",
            re.I,
        ),
    ),
    (
        "slides",
        re.compile(r"\.(?:pdf|pptx?|odp|key)(?:[?#]|$)|docs\.google\.com/presentation|speakerdeck|slideshare", re.I),
    ),
    ("recording", re.compile(r"youtu\.be/|youtube\.com/|vimeo\.com/|\.(?:mp4|webm|mkv)(?:[?#]|$)", re.I)),
    ("board", re.compile(r"/projects/\d+|trello\.com/|/boards?(?:/|$)", re.I)),
)
MEANINGLESS = frozenset(
    {"", "click", "click here", "here", "link", "the link", "this", "this link", "url", "website", "page"}
)
DETAIL = re.compile(
    r"(?:(?:meeting |call |room |conference )?(?:id|number)|pass ?code|password|pin|dial[- ]?in|phone|one tap)\b", re.I
)
MEETING_ID = re.compile(r"\b(?:meeting|call|room|conference|zoom)?[ -]?id\b\D{0,12}(\d[\d \u00a0-]{7,}\d)", re.I)
ID_IN_URL = re.compile(r"/(?:j|w|s|wc/join)/(\d{8,})", re.I)
SEPARATORS = " \t\n,;|/\u00b7\u2022:&=>-\u2013\u2014"
FACT = re.compile(r"(?<=\s)\*(?:[^*\\\n]|\\.){3,4000}\*$")
FACTS = frozenset({"kind", "label", "details", "url"})
LONGEST = 12


@dataclass(frozen=True)
class Piece:
    """A link inside a text: the words before it, its own words, its address."""

    before: str
    words: str
    url: str


def read_links(item: Passage, *, prose: bool = False) -> tuple[Link, ...]:
    """The links of a list item or line that is there for its links; none where it only mentions one, or holds none.

    `prose`: the text is a paragraph, where a link is one only after a label or for a purpose that is known.
    """
    if not item or item.blocks[0].kind != "paragraph":
        return ()
    source = item.blocks[0].content
    said = _fact(item.of(item.blocks[0]).text)
    pieces, after = _pieces(passage(FACT.sub("", source)).blocks[0].inline if said else item.blocks[0].inline)
    if not pieces or (not said and _mentions(pieces, after)):
        return ()
    links = [_link(piece, pieces[0]) for piece in pieces]
    before = pieces[0].before.strip()
    if (
        prose
        and before
        and not before.rstrip("* ").endswith((":", "-", "\u2013", "\u2014"))
        and links[0].kind == "other"
    ):
        return ()
    nested = list(_nested(item))
    details = [*([] if said else _after(after)), *(found for found in nested if isinstance(found, str))]
    links[-1] = replace(links[-1], **{"details": "\n".join(details), **_same_address(said, links[-1].url)})
    return (*links, *(found for found in nested if isinstance(found, Link)))


def _pieces(tokens: Sequence[Token]) -> tuple[list[Piece], str]:
    """The links of inline tokens in order, and the text after the last."""
    found: list[Piece] = []
    text, before = "", ""
    url: str | None = None
    for token in tokens:
        if token.type == "link_open":
            before, text, url = text, "", str(token.attrGet("href") or "")
        elif token.type == "link_close" and url is not None:
            if url:
                found.append(Piece(before, text, url))
            text, url = "" if url else before + text, None
        else:
            text += _plain(token, inside=url is not None)
    return found, text


def _plain(token: Token, *, inside: bool) -> str:
    """A token's words; emphasis outside links keeps its mark, since it may set off a fact."""
    if token.type in {"softbreak", "hardbreak"}:
        return "\n"
    if token.type in {"em_open", "em_close"}:
        return "" if inside else "*"
    return token.content


def _mentions(pieces: Sequence[Piece], after: str) -> bool:
    """Whether a text is a sentence that mentions links, rather than a label with its links."""
    around = " ".join([*(piece.before for piece in pieces), after.partition("\n")[0]])
    behind = re.sub(r"\([^()]*\)", " ", after.partition("\n")[0])
    return _count(around) > LONGEST or _count(behind) > 3


def _count(text: str) -> int:
    return len([word for word in text.split() if any(letter.isalnum() for letter in word)])


def _fact(source: str) -> dict[str, str]:
    """What an italic note at the end of a link's Markdown says of it: `*Kind: stream*`."""
    found = FACT.search(source)
    pairs = (facts.read(found[0], FACTS) if found else None) or {}
    said = {key: facts.unescape(value) for key, value in pairs.items()}
    if pairs.get("label") == facts.NONE:
        said["label"] = ""
    if "details" in pairs:
        said["details"] = "\n".join(facts.values(pairs["details"]))
    return said if said.get("kind", "other") in KINDS else {}


def _same_address(said: dict[str, str], url: str) -> dict[str, str]:
    """The facts, without an address that is not the link's own in other letters."""
    return said if unquote(said.get("url", url)) == unquote(url) else {**said, "url": url}


def _after(after: str) -> list[str]:
    rows = [" ".join(row.replace("*", "").split()) for row in after.split("\n")]
    rows[0] = rows[0].strip(SEPARATORS + ".")
    return [row for row in rows if row]


def _link(piece: Piece, first: Piece) -> Link:
    words = " ".join(piece.before.replace("*", "").split())
    before = re.sub(r"^(?:and|or)\b\s*", "", words.strip(SEPARATORS))
    own = " ".join(piece.words.split())
    bare = own.rstrip("/") in {
        piece.url.rstrip("/"),
        piece.url.partition("//")[2].rstrip("/"),
        piece.url.partition(":")[2],
    }
    meaning = "" if bare or own.strip(".:!").lower() in MEANINGLESS else own
    joint = ": " if words[-1:] in SEPARATORS else " "
    label = f"{before}{joint}{meaning}" if before and meaning else before or meaning
    kind = kind_of(label, piece.url)
    if kind == "other" and piece is not first:
        kind = kind_of(first.before, "")
    return Link(kind, label, piece.url)


def kind_of(label: str, url: str) -> str:
    """What a link is for, by its label and else by its address."""
    by_word = next((kind for kind, pattern in WORDS if pattern.search(label)), "")
    by_place = next((kind for kind, pattern in PLACES if pattern.search(url)), "")
    if by_word == "join" and by_place in {"recording", "slides", "board"}:
        return by_place
    return by_word or by_place or "other"


def _nested(item: Passage) -> Iterator[Link | str]:
    """What stands below a link: links of their own, and lines that are its details."""
    for block in item.blocks[1:]:
        if block.kind == "definition":
            continue
        if block.kind != "list":
            yield from (" ".join(row.text.split()) for row in item.of(block).rows if row.text.strip())
            continue
        for nested in block.items:
            part = item.item(nested)
            links = read_links(part)
            if links:
                yield from links
            else:
                yield from (_unmarked(row.text) for row in part.rows if row.text.strip())


def _unmarked(text: str) -> str:
    found = MARKER.match(text)
    return " ".join((text[found.end() :] if found and found[4] else text).split())


def is_link_placeholder(text: str) -> bool:
    """Whether a line only says that a link is still to come: `Slides: TBA`."""
    label = read_label(text)
    if label and label.rest and len(label.words.split()) <= LONGEST:
        return is_placeholder(label.rest, promised=True)
    return is_placeholder(text, promised=True)


def is_detail(text: str) -> bool:
    """Whether a line tells how to use a link before it: a meeting id, a passcode."""
    return bool(DETAIL.match(_unmarked(text).lstrip("*_ ")))


def check_meeting_id(link: Link, line: int | None, ledger: Ledger) -> None:
    """Remarks on a meeting id below a join link that is not the one in its address."""
    said, meant = MEETING_ID.search(link.details), ID_IN_URL.search(link.url)
    if said and meant and re.sub(r"\D", "", said[1]) != meant[1]:
        ledger.remark(
            line, f"The meeting id {said[1].strip()!r} contradicts the link {link.url}, which leads to {meant[1]}."
        )
