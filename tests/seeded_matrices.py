"""Matrix documents made from a seed: every form a reader must understand, with the texts that people put into them."""

from collections.abc import Sequence

from tests.generated_matrices import CATALOGUES, ISSUES, NAMES, OWNERS, PROSE, REFERENCES, SCHEMES
from tests.seeded_texts import Pen

Column = tuple[str, Sequence[str]]
CRITERIA = (("Works",), ("Support level",), ("Works", "Tested (CI)"), ("Works", "Works"))
TITLES = ("# Where it runs", "Where it runs\n===", "", "---\ntitle: Where\n---", "# ~~x~~ `C #` 李 \U0001f7e2")


class MatrixPen(Pen):
    """Writes matrix documents."""

    def document(self) -> str:
        values, items = self.pick(SCHEMES)
        shared = self.columns(values)
        parts = [self.pick(TITLES), *self.around(), self.legend(items), *self.around()]
        for number in range(self.number(1, 2)):
            own = self.maybe(lambda: shared, self.columns(values))
            title = self.maybe(self.line, f"Section {number}")
            parts += [f"{self.pick(('##', '##', '###'))} {title}", *self.prose(), self.table(own), *self.prose()]
        parts += [self.pick(CATALOGUES), *self.prose()]
        return "\n\n".join(part for part in parts if part) + "\n"

    def part(self) -> str:
        """A document with one table of two rows at most."""
        values, items = self.pick(SCHEMES)
        parts = ["# Where", *self.around(), self.maybe(lambda: self.legend(items), ""), "## A", *self.prose()]
        parts += [self.table(self.columns(values), 2), *self.prose(), self.maybe(lambda: self.pick(CATALOGUES), "")]
        return "\n\n".join(part for part in parts if part) + "\n"

    def around(self) -> tuple[str, ...]:
        """What stands around a legend: no list and no heading, which would be another legend or its place."""
        words = "\n".join(f"{self.pick(('', '> ', '> > '))}w {self.row()}" for _ in range(self.number(1, 3)))
        return self.some(lambda: self.pick((words, *PROSE)), 1)

    def prose(self) -> tuple[str, ...]:
        return self.some(self.text, 1)

    def columns(self, values: Sequence[str]) -> list[Column]:
        notes, names = [self.line() for _ in range(3)], [*NAMES, self.line(), self.line()]
        others: list[Column] = [
            ("Owner", OWNERS),
            ("Reference (e.g. an issue)", REFERENCES),
            ("Notes", ("", *notes)),
            ("Known issues", ISSUES),
            (self.maybe(self.line, "Since"), ("", "2020", self.line())),
        ]
        rated: list[Column] = [(name, values) for name in self.pick(CRITERIA)]
        found = rated + self.chance.sample(others, self.number(0, 3))
        self.chance.shuffle(found)
        return [(self.pick(("Environment", "Provider", "")), names), *found]

    def table(self, columns: Sequence[Column], most: int = 3) -> str:
        rows = [[header for header, _ in columns], ["---"] * len(columns)]
        rows += [self.row_of(columns) for _ in range(self.number(0, most))]
        return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |" for row in rows)

    def row_of(self, columns: Sequence[Column]) -> list[str]:
        row = [self.pick(values) for _, values in columns]
        cut = self.pick((0, 0, 0, 0, 1, 2, -1))
        if self.rarely():
            return ["**A group**", *[""] * (len(columns) - 1)]
        return row[: len(row) - cut] if cut >= 0 else [*row, self.line()]

    def legend(self, items: str) -> str:
        """No legend, or one as a list below a line or a heading, as a line, or as a table."""
        rows = [f"{row} {self.line()}" for row in items.splitlines()]
        bullets = "\n".join(f"* {row}" for row in rows)
        table = "\n".join(["| Level | Meaning |", "|---|---|", *(f"| {row.split(':')[0]} | it |" for row in rows)])
        forms = (f"Support levels:\n{bullets}", f"## Legend\n\n{bullets}", f"Legend: {', '.join(rows)}", bullets)
        return self.pick(("", *forms, table))
