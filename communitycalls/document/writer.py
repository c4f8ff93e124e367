"""From a call to Markdown, in the conventions of the community's documents: `read(write(call)) == call`.

The community's own form comes first: the title, a list of links, the agenda as headings, `# Call Minutes` with a
numbered list, `## Q&A` with `- Q: **…**` and named answers. What is written so is read back; wherever the reader would
say otherwise than the call does, that part is written again with its facts beside it:

- one italic line below the title: *Date: 2021-05-11*, with start, zone, length and series where need be
- one italic line below an agenda heading (length, presenters, environments, kind, number), slide notes as a quote
- the label of an entry (`**Action (Kai; due 2021-06-22):**`), of a question or of an answer (`A (by: kai):`)
- an italic note after a link (kind, label, details, url)
- sections of their own for releases, matrix changes, attendees and lines that were never understood
- a quote for text that would be read as something else: below `*Introduction:*`, `*Text:*`, or a label that ends in
  `quoted`

What has no place: the status of a call and whether minutes are a draft (the importer decides), space at the ends of a
text, more than one blank within a title, name or label, and answers without words.
"""

from collections.abc import Iterator, Sequence

from communitycalls.document import agenda, changes, compose, head, outlook
from communitycalls.document.reader import read
from communitycalls.document.values import CallDocument
from interop.document.errors import DocumentError

PROMISE = "The minutes will follow."
ROUNDS = 7
FIRST = frozenset({"introduction"})  # what it is taken for may hide links and items, which then differ as well
ENTRY_FIELDS = ("kind", "text", "speakers", "agenda_item", "offset", "assignee", "due")
QUESTION_FIELDS = ("text", "asked_by", "answers")


def write(document: CallDocument) -> str:
    """The document of a call; its file should be named by the call's address, `2021-05-11.md`."""
    settled: frozenset[str] = frozenset()
    text = ""
    for _ in range(ROUNDS):
        text = _compose(document, settled)
        differing = _differing(document, text, settled)
        if differing <= settled:
            break
        settled |= (differing - settled) & FIRST or differing
    return text


def _differing(document: CallDocument, text: str, settled: frozenset[str]) -> frozenset[str]:
    """The parts of a call that its document, as it stands, would give back otherwise; with `… quoted` for entries
    whose text a label did not keep.
    """
    try:
        found, _ = read(text)
    except DocumentError:
        return frozenset({"headline"})
    differing = frozenset(_differences(document, found))
    again = {key for key in differing & settled if key.startswith("entry ") and key.endswith(" text")}
    return differing | {key.removesuffix("text") + "quoted" for key in again}


def _differences(one: CallDocument, other: CallDocument) -> Iterator[str]:
    headlines = [(c.title, c.date, c.start, c.timezone, c.duration, c.ordinal, c.series) for c in (one, other)]
    if headlines[0] != headlines[1]:
        yield "headline"
    if one.introduction != other.introduction:
        yield "introduction"
    if one.minutes.introduction != other.minutes.introduction:
        yield "minutes"
    if one.releases != other.releases:
        yield "releases"
    if one.attendance != other.attendance:
        yield "attendance"
    yield from _each("link", one.links, other.links)
    yield from _each("item", one.agenda, other.agenda)
    yield from _fields("entry", ENTRY_FIELDS, one.minutes.entries, other.minutes.entries)
    yield from _fields("question", QUESTION_FIELDS, one.questions, other.questions)


def _each(name: str, ones: Sequence[object], others: Sequence[object]) -> Iterator[str]:
    """The members that differ; all of them where there are more or fewer."""
    for index, one in enumerate(ones):
        if len(ones) != len(others) or one != others[index]:
            yield f"{name} {index}"


def _fields(name: str, fields: Sequence[str], ones: Sequence[object], others: Sequence[object]) -> Iterator[str]:
    """The fields in which members differ; all of them where text does, or where there are more or fewer."""
    for index, one in enumerate(ones):
        other = others[index] if len(ones) == len(others) else None
        differing = [field for field in fields if other is None or getattr(one, field) != getattr(other, field)]
        is_other = other is None or "text" in differing
        yield from (f"{name} {index} {field}" for field in (fields if is_other else differing))


def _settled(name: str, index: int, settled: frozenset[str]) -> frozenset[str]:
    """The settled fields of one member."""
    prefix = f"{name} {index} "
    return frozenset(key.removeprefix(prefix) for key in settled if key.startswith(prefix))


def _compose(document: CallDocument, settled: frozenset[str]) -> str:
    parts = [
        *_head(document, settled),
        *_agenda(document, settled),
        *_sections(document, settled),
        *_minutes(document, settled),
        *_unread(document),
    ]
    return "\n\n".join(parts) + "\n"


def _head(document: CallDocument, settled: frozenset[str]) -> Iterator[str]:
    yield compose.headline(document, settled="headline" in settled)
    if document.introduction:
        is_settled = "introduction" in settled
        yield compose.quoted(head.QUOTED, document.introduction) if is_settled else document.introduction
    if document.links:
        links = enumerate(document.links)
        yield "\n".join(compose.link(link, settled=f"link {index}" in settled) for index, link in links)


def _agenda(document: CallDocument, settled: frozenset[str]) -> Iterator[str]:
    for index, item in enumerate(document.agenda):
        yield compose.item(item, index + 1, settled=f"item {index}" in settled)


def _sections(document: CallDocument, settled: frozenset[str]) -> Iterator[str]:
    """What has a section of its own, outside agenda and minutes."""
    if "releases" in settled:
        items = [compose.indented(f"{one.number}. ", outlook.write_release(one)) for one in document.releases]
        yield compose.section("Releases", ["\n".join(items) or outlook.NO_RELEASES])
    if document.matrix_changes:
        yield compose.section("Matrix changes", ["\n".join(map(changes.write_change, document.matrix_changes))])
    if document.attendance:
        people = [compose.attendance(one, settled="attendance" in settled) for one in document.attendance]
        yield compose.section("Attendees", ["\n".join(people)])
    if document.questions and document.minutes.status != "final":
        yield compose.section("Questions", [_questions(document, settled)])


def _minutes(document: CallDocument, settled: frozenset[str]) -> Iterator[str]:
    minutes = document.minutes
    is_final = minutes.status == "final"
    is_asked = is_final and bool(document.questions)
    if not (minutes.entries or minutes.introduction or minutes.status == "placeholder" or is_asked):
        return
    yield "# Call Minutes"
    if minutes.introduction:
        is_settled = "minutes" in settled
        yield compose.quoted(agenda.BODY, minutes.introduction) if is_settled else minutes.introduction
    elif not minutes.entries and not is_final:
        yield PROMISE
    if minutes.entries:
        entries = enumerate(minutes.entries)
        yield "\n".join(compose.entry(entry, _settled("entry", index, settled)) for index, entry in entries)
    if is_asked:
        yield f"## Q&A\n\n{_questions(document, settled)}"


def _questions(document: CallDocument, settled: frozenset[str]) -> str:
    numbers = [question.number for question in document.questions]
    numbered = numbers != list(range(1, len(numbers) + 1))
    return "\n\n".join(
        compose.question(question, _settled("question", index, settled), numbered=numbered)
        for index, question in enumerate(document.questions)
    )


def _unread(document: CallDocument) -> Iterator[str]:
    if document.unread:
        yield compose.section("Unread lines", ["\n".join(f"- line {row.line}: {row.text}" for row in document.unread)])
