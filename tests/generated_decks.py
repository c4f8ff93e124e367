"""Slide notes made at random from a seed: all that decks are known to break on, with every word marked.

A marked word ends in a number and an x, as in `ember12x`, and is written once; a test counts them in the file. Long
words carry their mark at their end, so that what breaks them must keep the last letter too.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

STEMS = "ember quay lantern drift mast rope harbour gull tide anchor keel buoy".split()
ARABIC = "مرحبا بكم في مكالمة المجتمع الشهرية".split()
HEBREW = "שלום לכולם בשיחת הקהילה החודשית".split()
JAPANESE = "コミュニティコールへようこそ今日の議題"
EMOJI = "🎉 🚀 😀 👩‍💻 🇩🇪 ✅ 🔒 🧑🏽‍🚒 ☁️".split()
ENDLESS = "donaudampfschifffahrtsgesellschaftskapitaenspatent"


@dataclass
class Notes:
    """Notes in the making; `marks` are the words that must be in the deck, each once."""

    chance: random.Random
    marks: list[str] = field(default_factory=list)

    def size(self, *sizes: int) -> int:
        """One of some sizes, small ones first and much more often: each deck is drawn, and there are thousands."""
        return self.chance.choices(sizes, [2 ** (len(sizes) - place) for place in range(len(sizes))])[0]

    def word(self) -> str:
        self.marks.append(f"{self.chance.choice(STEMS)}{len(self.marks)}x")
        return self.marks[-1]

    def words(self, least: int, most: int) -> str:
        """Marked words, with other scripts, signs and endless words among them."""
        found = []
        for _ in range(self.chance.randint(least, most)):
            found.append(self.word())
            if self.chance.random() < 0.12:
                found.append(self.chance.choice([*ARABIC, *HEBREW, *EMOJI, JAPANESE[: self.chance.randint(1, 19)]]))
            if self.chance.random() < 0.03:
                found.append(ENDLESS * self.chance.randint(1, 6) + self.word())
            if self.chance.random() < 0.03:
                found.append(f"https://example.org/{'path/' * self.chance.randint(2, 40)}{self.word()}")
        return " ".join(found)


def bullets(notes: Notes) -> str:
    depth, found = 0, []
    for _ in range(notes.size(3, 5, 8, 14, 40)):
        depth = max(0, min(notes.chance.choice([4, 9]), depth + notes.chance.choice([-2, -1, 0, 0, 1])))
        found.append(f"{'  ' * depth}- {notes.words(1, 12)}")
    return "\n".join(found)


def steps(notes: Notes) -> str:
    return "\n".join(f"{number}. {notes.words(1, 8)}" for number in range(1, notes.size(4, 6, 9, 30)))


def table(notes: Notes) -> str:
    columns, rows = notes.size(2, 3, 4, 9, 14), notes.size(3, 5, 9, 30, 60)

    def row() -> str:
        return "|" + "|".join(notes.words(0, 3) or " " for _ in range(columns)) + "|"

    # the head is repeated on every page, so its words are no marks
    head = "|" + "|".join(f"head{number}" for number in range(columns)) + "|"
    return "\n".join([head, "|" + "--|" * columns, *(row() for _ in range(rows))])


def listing(notes: Notes) -> str:
    lines = []
    for number in range(notes.size(3, 8, 20, 60)):
        filling = notes.chance.choice(["", "x" * number, "a b " * number])
        lines.append(f"    {notes.word()} = {notes.word()}({number}, {filling!r})  # {notes.words(0, 4)}")
    return "\n".join(["```python", *lines, "```"])


def quotes(notes: Notes) -> str:
    return "\n\n".join(f"> {notes.words(3, 60)}\n>\n> — {notes.words(1, 3)}" for _ in range(notes.size(1, 2, 5)))


def paragraphs(notes: Notes) -> str:
    return "\n\n".join(notes.words(1, notes.size(20, 60, 200)) for _ in range(notes.size(1, 2, 7)))


def columns(notes: Notes) -> str:
    def side() -> str:
        return f"### {notes.words(1, 4)}\n\n" + "\n".join(
            f"- {notes.words(1, 8)}" for _ in range(notes.size(2, 5, 9, 25))
        )

    return f"{side()}\n\n{side()}"


def icons(notes: Notes) -> str:
    return "\n".join(f"- {notes.chance.choice(EMOJI)} {notes.words(2, 14)}" for _ in range(notes.size(3, 5, 9)))


def diagram(notes: Notes) -> str:
    boxes = ", ".join(f"[{notes.word()} {notes.word()}]" for _ in range(notes.size(2, 5, 9)))
    return f"```diagram\n[{notes.word()}] -> {boxes}\n```"


BLOCKS: tuple[Callable[[Notes], str], ...] = (
    bullets,
    steps,
    table,
    listing,
    quotes,
    paragraphs,
    columns,
    icons,
    diagram,
)


def make_notes(seed: int) -> Notes:
    """Notes of one or two slides of one or two blocks each; the text is `notes.text`."""
    return Notes(random.Random(seed))


def write_notes(notes: Notes) -> str:
    slides = []
    for number in range(notes.chance.choice([1, 1, 2])):
        blocks = [notes.chance.choice(BLOCKS)(notes) for _ in range(notes.chance.choice([1, 1, 1, 2]))]
        # a title is repeated where its slide goes on, so its words are no marks
        slides.append(f"# Slide {number + 1}\n\n" + "\n\n".join(blocks))
    return "\n\n---\n\n".join(slides)
