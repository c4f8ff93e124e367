"""Random edits of a matrix as editors make them: through the desk's own forms and its way of saving."""

import datetime as dt
import json
from random import Random
from typing import Any

from django.contrib.auth.models import User
from django.http import QueryDict
from django.test import RequestFactory

from communitycalls.desk.forms import LOCK
from communitycalls.desk.matrix import record
from communitycalls.desk.matrix_forms import RecordFields, RetireForm, RowForm
from communitycalls.desk.matrix_past_forms import RestoreForm
from interop.document.reader import read
from interop.exporter import read_matrix
from interop.history import Note, value_of
from interop.history import record as begin
from interop.models import Matrix, Revision

DOCUMENT = """# Where it runs

What runs where, and who looks after it.

* L1: everything, tested
* L2: tested
* L3: not tested

## Clouds

| Environment | Support level | Works | Owner | Reference | Notes | Known issues | Since |
|---|---|---|---|---|---|---|---|
| Harbour | L1 | X | @crew/harbour | #107 | slow;  at night | `Late` | 2020 |
| Inlet / Quay | L2 ? | w/ caveat | [no owner] | | see `docs` | `Late` and `Slow` | |
| Lagoon (VMs) | L3 / x | Partial | Upstream | | | | 2021 |
| Delta | x | | [no owner] | | | No known issues | |
| *Your own cloud* | ? | | [no owner] | | | | |

## Metal

| Environment | Support level | Works | Owner | Reference | Notes | Known issues | Since |
|---|---|---|---|---|---|---|---|
| Anvil | L1 | X (upstream) | Provider | | one \\| two | | |
| Forge | L2 | X | Kai, Thilo | [#9](https://example.org/9) | | `Slow` | 2019 |
| | | | | | | | |

## Known issues

* `Late`: it comes late
* `Slow`: it is slow
"""
CELLS = ["", "L1", "L2", "L3", "x", "?", "L2 ?", "L1 / L3", "L1 (upstream)", "L3 (on arm64)"]
TICKS = ["", "X", "Partial", "w/ caveat", "X (upstream)"]
OWNERS = ["", "Kai", "@crew/harbour, Thilo", "Upstream", "upstream", "[no owner]", "Provider, @a/b"]
REFERENCES = ["", "#107", "#1, [docs](https://example.org/a)", "[#9](https://example.org/9)"]
NOTES = ["", "Slow", "two\nlines", "a: b", "`code` and | pipe", "- a list?", "  padded  ", "مرحبا 🚢"]
ISSUES: list[list[str]] = [[], ["Late"], ["Slow"], ["Late", "Slow"]]


def make_documented(slug: str = "support") -> Matrix:
    """A matrix with everything that a form may change, recorded as revision 1."""
    matrix = Matrix.objects.create(slug=slug, title="Where it runs")
    begin(matrix, read(DOCUMENT)[0], Note(dt.date(2021, 1, 1), message="It begins"))
    return matrix


class Editor:
    """Edits one matrix at random, each edit effective on a day that never goes back."""

    def __init__(self, matrix: Matrix, user: User, seed: int) -> None:
        self.matrix, self.dice, self.day = matrix, Random(seed), dt.date(2021, 1, 1)
        self.request = RequestFactory().post("/")
        self.request.user = user
        self.names = 0
        self.value = read_matrix(matrix)

    def edit(self) -> Revision | None:
        """Change, rename or move a row, add, retire or bring back one; None where that came to nothing."""
        self.day += dt.timedelta(days=self.dice.choice([0, 0, 1, 9]))
        value = self.value
        rows = [one for _, one in value.environments()]
        active = [one.slug for one in rows if not one.retired]
        kind = self.dice.randrange(20)
        if kind == 0 and len(active) > 3:
            form = RetireForm(self.matrix, value, self.dice.choice(active), today=self.day)
            others = [slug for slug in active if slug != form.slug]
            return self._sent(form, {"successor": self.dice.choice(["", *others]), "reason": "It ended"})
        slug = "" if kind == 1 else self.dice.choice(rows).slug
        row = RowForm(self.matrix, value, slug, today=self.day)
        return self._sent(row, self._row(row, kind))

    def restore(self, number: int) -> Revision | None:
        """Go back to a revision, as the desk does."""
        revision = self.matrix.revisions.get(number=number)
        last = self.matrix.revisions.count()
        form = RestoreForm(self.matrix, self.value, revision, last=last, today=self.day)
        return self._sent(form, {"reason": form.proposed()})

    def _row(self, form: RowForm, kind: int) -> dict[str, Any]:
        """What is typed into a row's form: a new one is filled, of others one or two fields change."""
        self.names += 1
        choices: dict[str, list[Any]] = {
            "cell_support-level": CELLS,
            "cell_works": TICKS,
            "owners": OWNERS,
            "references": REFERENCES,
            "notes": NOTES,
            "issues": ISSUES,
            "text_0": ["", "2020", "2021"],
            "section": ["0", "1"],
            "catch_all": ["", "on"],
            "environment_name": [f"Place {self.names}", f"Place {self.names} (VMs)", f"Quay / {self.names}"],
        }
        changed = list(choices) if kind == 1 else self.dice.sample(list(choices), self.dice.choice([1, 1, 2]))
        said = {name: self.dice.choice(choices[name]) for name in changed}
        return said | ({"issue_words": ""} if said.get("issues") else {})

    def _sent(self, form: RecordFields, said: dict[str, Any]) -> Revision | None:
        """What a browser would send of a form, then what the desk's view does with it."""
        data = QueryDict(mutable=True)
        aside = {"effective": self.day.isoformat(), "reason": "Said in the hall"}
        aside["kind"] = self.dice.choice(["change", "correction"])
        for name, text in {**form.read(), **aside, **said}.items():
            data.setlist(name, text if isinstance(text, list) else [text])
            if text in ("", []) and name not in LOCK:
                del data[name]
        self.matrix.refresh_from_db()
        data["version"], data["began"] = str(self.matrix.version), json.dumps(form.read())
        extra: Any = {"last": form.last} if isinstance(form, RestoreForm) else {}
        target: Any = form.revision if isinstance(form, RestoreForm) else form.slug
        bound = type(form)(self.matrix, form.value, target, data, today=self.day, **extra)
        assert bound.is_valid(), (bound.errors, said)
        made = record(self.request, bound)
        self.value = value_of(made) if made else self.value
        return made
