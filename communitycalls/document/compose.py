"""The pieces of a call's document as Markdown: how each part is written so that the readers understand it."""

import datetime as dt
import re
import string
from collections.abc import Collection, Iterator, Sequence
from zoneinfo import ZoneInfo

from communitycalls.document import agenda, facts
from communitycalls.document.marks import QUOTED
from communitycalls.document.outline import passage
from communitycalls.document.people import is_name
from communitycalls.document.values import AgendaItem, Attendance, CallDocument, Link, MinutesEntry, Question
from interop.markdown import lines

PLAIN_URL = re.compile(r"https?://[A-Za-z0-9.:@-]+(?:/[A-Za-z0-9_./?=&%#:@~+-]*[A-Za-z0-9/=])?")
IN_ANGLES = re.compile(r"[<>\\]")
SPECIAL = re.compile(r"([\\`*_\[\]<>&~|])")


def indented(marker: str, text: str) -> str:
    """A list item: its marker, and its lines indented to stay in it."""
    first, *rest = lines(text)
    return "\n".join([f"{marker}{first}", *(f"{' ' * len(marker)}{row}" if row else "" for row in rest)])


def quoted(name: str, text: str) -> str:
    """A text that could be taken for something else, as a quote below its name."""
    return f"{name}\n\n{as_quote(text)}"


def as_quote(text: str) -> str:
    return "\n".join(f"> {row}" if row else ">" for row in lines(text))


def labelled(label: str, text: str) -> str:
    """A label with its text; on lines of its own where the text does not begin with words."""
    blocks = passage(text).blocks
    gap = " " if blocks and blocks[0].kind == "paragraph" and not text.startswith((" ", "\t")) else "\n"
    return f"{label}{gap}{text}"


def heading(level: int, title: str) -> tuple[str, dict[str, str]]:
    """A heading, and the title as a fact where the heading alone would not give it back (`C #`)."""
    title = " ".join(title.split())
    line = f"{'#' * level} {title}"
    (block,) = passage(line).blocks
    if block.kind == "heading" and block.content == title:
        return line, {}
    return f"{'#' * level} {facts.escape(title)}", {"title": facts.listed([title])}


def headline(document: CallDocument, *, settled: bool) -> str:
    """Title and, below it, the date, whose year a title seldom has; `settled`: with all that a title says."""
    line, said = heading(1, document.title)
    return f"{line}\n\n{_headline_facts(document, said, settled=settled)}"


def _headline_facts(document: CallDocument, title: dict[str, str], *, settled: bool) -> str:
    said = {"date": document.date.isoformat()}
    if settled:
        said |= {"start": _start(document), "zone": document.timezone}
        said |= {"length": f"{document.duration} minutes", "series": document.series}
    if document.ordinal != 1:
        said["place"] = str(document.ordinal)
    return facts.write({key: facts.escape(value) for key, value in said.items()} | title)


def _start(document: CallDocument) -> str:
    """The start on the clocks of the call's zone; the moment in UTC where those do not tell it."""
    if document.start is None:
        return "none"
    local = document.start.astimezone(ZoneInfo(document.timezone)).replace(tzinfo=None)
    back = dt.datetime.combine(document.date, local.time(), ZoneInfo(document.timezone)).astimezone(dt.UTC)
    if back == document.start:
        return local.time().isoformat("minutes" if not (local.second or local.microsecond) else "auto")
    return document.start.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")


def link(value: Link, *, settled: bool) -> str:
    """A list item for a link. `settled`: with everything that may not be seen from label and address."""
    label, url = SPECIAL.sub(r"\\\1", " ".join(value.label.split())), value.url
    address = f"<{IN_ANGLES.sub(_escaped, url)}>" if re.search(r"[\s()<>\\]", url) else url
    if not PLAIN_URL.fullmatch(url):
        text = f"[{label or 'link'}]({address})"
    elif value.kind == "slides" and label:
        text = f"[{label}]({url})"
    else:
        text = f"{label}: {url}" if label else url
    if settled:
        pairs = {"kind": value.kind, "label": facts.listed([value.label])}
        pairs["details"] = facts.listed(row for row in lines(value.details) if row)
        if not PLAIN_URL.fullmatch(url):
            pairs["url"] = facts.escape(url)
        return f"- [link]({address}) {facts.write(pairs)}"
    return "\n".join([f"- {text}", *(f"  - {row}" for row in lines(value.details) if row)])


def _escaped(found: re.Match[str]) -> str:
    return f"\\{found[0]}"


def item(value: AgendaItem, position: int, *, settled: bool) -> str:
    """An agenda item: heading, facts, body, slide notes. `settled`: nothing of it may be taken for anything else."""
    line, title = heading(2, value.title)
    said = facts.write(dict(_item_facts(value, position, settled=settled)) | title)
    body = quoted(agenda.BODY, value.body) if settled and value.body else value.body
    above = f"{line}\n{said}" if said else line
    first = above + ("\n\n" if said or settled else "\n") + body if body else above
    return f"{first}\n\n{quoted(agenda.NOTES, value.slide_notes)}" if value.slide_notes else first


def _item_facts(value: AgendaItem, position: int, *, settled: bool) -> Iterator[tuple[str, str]]:
    if value.number != position:
        yield "number", str(value.number)
    if agenda.length_of(value.title) != value.minutes:
        yield "length", "none" if value.minutes is None else f"{value.minutes} minutes"
    inferred = agenda.presenters_of(value.title)
    if value.presenters != inferred or (settled and agenda.BRACKET.search(value.title)):
        yield "presenters", facts.listed(value.presenters)
    if value.environments:
        yield "environments", facts.listed(value.environments)
    if settled or agenda.kind_of(value.title) != value.kind:
        yield "kind", value.kind


def entry(value: MinutesEntry, settled: Collection[str]) -> str:
    """An entry of the minutes. `settled`: the fields its label has to say, lest others be inferred."""
    said = "; ".join(_entry_facts(value, settled))
    text = value.text
    if value.kind != "note" or settled:
        label = f"**{value.kind.capitalize()}{f' ({said})' if said else ''}:**"
        text = f"{label}\n{as_quote(text)}" if QUOTED in settled else labelled(label, text)
    return indented(f"{value.number}. ", text)


def _entry_facts(value: MinutesEntry, settled: Collection[str]) -> Iterator[str]:
    """The facts of an entry's label: those natural to an action, and the settled ones."""
    is_action = value.kind == "action"
    taker = facts.escape(value.assignee, bare=True) if is_action else ""
    if "assignee" in settled or (taker and "\\" not in taker and not is_name(taker)):
        yield f"assignee: {facts.listed([value.assignee]) if value.assignee else 'none'}"
    elif taker:
        yield taker
    if value.due and (is_action or "due" in settled):
        yield f"due {value.due.isoformat()}"
    elif "due" in settled:
        yield "due: none"
    if "speakers" in settled:
        yield f"speakers: {facts.listed(value.speakers)}"
    if "offset" in settled:
        yield f"at: {clock(value.offset) if value.offset is not None else 'none'}"
    if "agenda_item" in settled:
        yield f"item: {value.agenda_item or 'none'}"
    if QUOTED in settled:
        yield QUOTED


def clock(seconds: int) -> str:
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


def question(value: Question, settled: Collection[str], *, numbered: bool) -> str:
    """A question and its answers as list items. `settled`: the fields that brackets have to say."""
    said = list(_question_facts(value, settled))
    rows = [_statement(f"Q{value.number if numbered else ''}", said, value.text, quote="text" in settled)]
    for answer in value.answers:
        if "answers" in settled:
            by = f"by: {facts.listed([answer.speaker]) if answer.speaker else facts.NONE}"
            rows.append(_statement("A", [by], answer.text, quote=True))
        else:
            rows.append(indented("- ", labelled(f"{answer.speaker or 'A'}:", answer.text)))
    return "\n".join(rows)


def _statement(name: str, said: Sequence[str], text: str, *, quote: bool) -> str:
    """A labelled list item. `quote`: its text as a quote, which nothing else can be read into."""
    bracket = "; ".join([*said, *([QUOTED] if quote else [])])
    label = f"{name} ({bracket}):" if bracket else f"{name}:"
    if quote:
        return indented("- ", f"{label}\n{as_quote(text)}")
    return indented("- ", labelled(label, _bold(text) if name.startswith("Q") else text))


def _question_facts(value: Question, settled: Collection[str]) -> Iterator[str]:
    if "asked_by" in settled:
        yield f"by: {'none' if value.asked_by is None else facts.listed([value.asked_by])}"
    elif value.asked_by is not None:
        yield facts.escape(value.asked_by, bare=True)
    if value.state != ("answered" if value.answers else "open"):
        yield value.state
    if value.environments:
        yield f"environments: {facts.listed(value.environments)}"


def _bold(text: str) -> str:
    """A question in bold, as the community writes it, where that is sure to be undone."""
    is_plain = "\n" not in text and not re.search(r"[*_`\\\[<]", text) and text == text.strip() != ""
    return f"**{text}**" if is_plain else text


def attendance(value: Attendance, *, settled: bool) -> str:
    name = facts.escape(value.name) if settled else value.name
    if settled and "\\" not in name and name[:1] in string.punctuation:
        name = f"\\{name}"
    return f"- {name} ({value.role})" if settled or value.role != "attendee" else f"- {name}"


def section(title: str, blocks: Sequence[str]) -> str:
    return "\n\n".join([f"# {title}", *blocks])
