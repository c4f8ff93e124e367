"""Matrix documents of many kinds for hypothesis: every form a reader must understand, in any combination."""

from hypothesis import strategies as st

PROSE = (
    "What runs where.",
    "Two lines of it,\nthe second here.",
    "- one thing\n- another: thing",
    "> quoted",
    "```\n| not | a table |\n|---|---|\n```",
    "See [the docs](https://example.org/a) and #7.\n\nAnother paragraph.",
    "<!-- a comment\n\n| in | it |\n-->",
    "[ref]: https://example.org",
)
NAMES = (
    "EC2",
    "Azure (VMs)",
    "ESXi / vSphere",
    "*Your own cloud*",
    "**GCE**",
    "[K3s](https://example.org)",
    "K0s",
    "Other",
    "a \\| b",
)
NOTES = (
    "",
    "fine",
    "`code`, *marked* and [linked](https://example.org)",
    "a \\| b",
    "Isn't this KVM?",
    "https://example.org/x",
)
OWNERS = ("", "[no owner]", "@org/team", "Upstream, @ann", "Provider", "tbd")
REFERENCES = ("", "#107", "[#1](https://example.org/1)", "https://example.org, #2", "n/a")
ISSUES = ("", "No known issues", "`Late`", "`Late` and `Slow`", "`Lost`", "**Wait**: not yet `done`.")
SCHEMES = (
    (("", "L1", "L2", "L3 ?", "L1 / L3", "x", "?", "L2 on ARM"), "L1: all of it\nL2: most of it\nL3: some of it"),
    (("", "X", "Partial", "w/ caveat", "X (upstream)", "x", "n/a"), "X: it works\nPartial: it works in part"),
    (("", "✅", "🟢", "⚠️ slow", "❌", "✅ ⚠️", "✅ ?"), "✅ Full - all works\n🟢 Most - most works\n❌ broken"),
    (("", "yes", "no", "untested", "only with a kernel of your own"), "yes: it does\nno: it does not"),
)
ROLES = (
    ("Owner", OWNERS),
    ("Reference (e.g. an issue)", REFERENCES),
    ("Notes", NOTES),
    ("Known issues", ISSUES),
    ("Since", ("", "2020")),
)
CATALOGUES = (
    "",
    "## Known issues\n\n* `Late`: comes late\n* `Slow`: is slow\n\n  very",
    "## Limits\n\nThese issues:\n\n- **Late** - late",
)


@st.composite
def tables(draw: st.DrawFn, columns: list[tuple[str, tuple[str, ...]]]) -> str:
    """A table of these columns, some rows with cells too many or too few, some blank, perhaps without outer pipes."""
    lines = [[header for header, _ in columns], ["---"] * len(columns)]
    for _ in range(draw(st.integers(0, 4))):
        row = [draw(st.sampled_from(values)) for _, values in columns]
        cut = draw(st.sampled_from((0, 0, 0, 0, 1, 2, -1)))
        lines.append(row[: len(row) - cut] if cut >= 0 else [*row, "one too many"])
        odd = draw(st.integers(0, 19))
        lines += [[""] * len(columns)] if odd < 2 else [["**A group**", *[""] * (len(columns) - 1)]] if odd == 2 else []
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


@st.composite
def columns(draw: st.DrawFn, values: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
    names = draw(st.sampled_from((("Works",), ("Support level",), ("Works", "Tested (CI)"), ("Works", "Works"))))
    roles = draw(st.lists(st.sampled_from(ROLES), max_size=4, unique=True))
    others = [*((name, values) for name in names), *roles]
    found = draw(st.permutations(others))
    return [(draw(st.sampled_from(("Environment", "Provider", ""))), NAMES), *found]


@st.composite
def legends(draw: st.DrawFn, items: str) -> str:
    """No legend, or one as a list below a line or a heading, as a line, or as a table."""
    lines = items.splitlines()
    bullets = "\n".join(f"* {line}" for line in lines)
    table = "\n".join(
        ["| Level | Meaning |", "|---|---|", *(f"| {line.split(':')[0]} | it |" for line in lines if ":" in line)]
    )
    forms = (
        "",
        f"Support levels:\n{bullets}",
        f"## Legend\n\n{bullets}",
        f"Legend: {', '.join(lines)}",
        bullets,
        table,
    )
    return draw(st.sampled_from(forms))


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A whole document with at least one table."""
    values, items = draw(st.sampled_from(SCHEMES))
    shared = draw(columns(values))
    prose = st.lists(st.sampled_from(PROSE), max_size=2)
    parts = [draw(st.sampled_from(("# Where it runs", "Where it runs\n===", "", "---\ntitle: Where\n---")))]
    parts += [*draw(prose), draw(legends(items)), *draw(prose)]
    for number in range(draw(st.integers(1, 3))):
        level = draw(st.sampled_from(("##", "##", "###")))
        own = draw(st.one_of(st.just(shared), columns(values)))
        parts += [f"{level} Section {number}", *draw(prose), draw(tables(own))]
        parts += draw(st.one_of(st.just([]), prose, tables(own).map(lambda table: [table])))
    parts += [draw(st.sampled_from(CATALOGUES)), *draw(prose)]
    return "\n\n".join(part for part in parts if part) + "\n"
