"""Documents as hasty hands, other editors and bad wires leave them: seeded, so that every run meets the same ones.

`mutants(texts, count, seed)` takes documents in turn and does one to six things to each. Bytes come out, since some
of what goes wrong is in the encoding.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence

Act = Callable[[list[str], random.Random], list[str]]

HEADINGS = ("Agenda", "Minutes", "Q&A", "Attendees", "Action items", "Links", "Legend", "Known issues", "Notes", "?")
MARKERS = ("-", "*", "+", "1.", "2)", "•", ">", "- [ ]", "")
ODD = (
    "```",
    "~~~ text",
    "---",
    "===",
    "| one | too | many | cells | here |",
    "|---|---|",
    "<!-- never closed",
    "[ref]: https://example.org/a",
    "> quoted",
    "\tcode",
    "**Agenda**",
    "*Date: 2021-02-30*",
    "Q: why? A: so",
    "![](x.png)",
    "\u2028",
    "\x0b",
    "\u200f שלום | 李 | 🟢",
    "#" * 7 + " seven",
    "- " * 30,
    "word " * 400,
)
ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-be", "latin-1", "cp1252", "utf-32")


def swap(rows: list[str], chance: random.Random) -> list[str]:
    one, other = _place(rows, chance), _place(rows, chance)
    rows[one], rows[other] = rows[other], rows[one]
    return rows


def delete(rows: list[str], chance: random.Random) -> list[str]:
    at = _place(rows, chance)
    return rows[:at] + rows[at + chance.randint(1, 4) :]


def double(rows: list[str], chance: random.Random) -> list[str]:
    at, size = _place(rows, chance), chance.randint(1, 5)
    return rows[: at + size] + rows[at : at + size] + rows[at + size :]


def rename_heading(rows: list[str], chance: random.Random) -> list[str]:
    return _change(rows, chance, r"^ *(#+) .*", lambda row: f"{row.split(' ')[0]} {chance.choice(HEADINGS)}")


def change_level(rows: list[str], chance: random.Random) -> list[str]:
    return _change(rows, chance, r"^ *#", lambda row: "#" * chance.randint(0, 7) + row.lstrip("# ").join(" \n")[:-1])


def change_bullet(rows: list[str], chance: random.Random) -> list[str]:
    marker = chance.choice(MARKERS)
    return _change(rows, chance, r"^\s*(?:[-*+]|\d+[.)]) ", lambda row: re.sub(r"[-*+]|\d+[.)]", marker, row, count=1))


def add_cell(rows: list[str], chance: random.Random) -> list[str]:
    return _change(rows, chance, r".*\|", lambda row: row.replace("|", chance.choice(("| x |", "||", r"| \|")), 1))


def remove_cell(rows: list[str], chance: random.Random) -> list[str]:
    return _change(rows, chance, r".*\|", lambda row: "|".join(row.split("|")[: -chance.randint(1, 3)]))


def break_pipes(rows: list[str], chance: random.Random) -> list[str]:
    return _change(rows, chance, r".*\|", lambda row: row.replace("|", "", chance.randint(1, 3)))


def add_odd_line(rows: list[str], chance: random.Random) -> list[str]:
    rows.insert(_place(rows, chance), chance.choice(ODD))
    return rows


def indent(rows: list[str], chance: random.Random) -> list[str]:
    at = _place(rows, chance)
    with_what = chance.choice((" ", "  ", "    ", "\t", " \t", ""))
    changed = [with_what + row.lstrip() for row in rows[at : at + chance.randint(1, 5)]]
    return rows[:at] + changed + rows[at + len(changed) :]


def truncate(rows: list[str], chance: random.Random) -> list[str]:
    text = "\n".join(rows)
    return text[: chance.randint(0, len(text))].split("\n")


def drop_sign(rows: list[str], chance: random.Random) -> list[str]:
    sign = chance.choice("*:[]()#-`|!")
    return _change(rows, chance, rf".*{re.escape(sign)}", lambda row: row.replace(sign, "", 1))


def join_lines(rows: list[str], chance: random.Random) -> list[str]:
    at = _place(rows, chance)
    return [*rows[:at], " ".join(rows[at : at + 2]), *rows[at + 2 :]]


ACTS: tuple[Act, ...] = (
    swap,
    delete,
    double,
    rename_heading,
    change_level,
    change_bullet,
    add_cell,
    remove_cell,
    break_pipes,
    add_odd_line,
    indent,
    truncate,
    drop_sign,
    join_lines,
)


def mutants(texts: Sequence[str], count: int, seed: int) -> Iterator[bytes]:
    """As many mutated documents, each text in turn; one in eight with another glued on, one in six re-encoded."""
    chance = random.Random(seed)
    for number in range(count):
        rows = texts[number % len(texts)].split("\n")
        if chance.randrange(8) == 0:
            rows += chance.choice(texts).split("\n")
        for _ in range(chance.randint(1, 6)):
            rows = chance.choice(ACTS)(rows or [""], chance)
        yield _encoded("\n".join(rows), chance)


def _encoded(text: str, chance: random.Random) -> bytes:
    text = chance.choice((text,) * 6 + (text.replace("\n", "\r\n"), text.replace("\n", "\r"), text.expandtabs(3)))
    kind = chance.randrange(18)
    if kind == 0:
        return text.encode(chance.choice(ENCODINGS), errors="replace")
    if kind == 1:
        return text.encode()[: chance.randint(0, len(text))]
    if kind == 2:
        at = chance.randint(0, len(text))
        return text[:at].encode() + bytes([chance.randint(0, 255)]) + text[at:].encode()
    return text.encode()


def _place(rows: Sequence[str], chance: random.Random) -> int:
    return chance.randrange(len(rows))


def _change(rows: list[str], chance: random.Random, pattern: str, change: Callable[[str], str]) -> list[str]:
    """The rows with one changed of those that fit a pattern."""
    fitting = [at for at, row in enumerate(rows) if re.match(pattern, row)]
    if fitting:
        at = chance.choice(fitting)
        rows[at] = change(rows[at])
    return rows
