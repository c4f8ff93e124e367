"""The community's accent on the public pages: a small style sheet that only its colour decides."""

from communitycalls.deck.theme import READABLE, contrast, mixed, readable

LIGHT_PAPER, DARK_PAPER = "#fbfaf7", "#0f1519"
SURFACES = {LIGHT_PAPER: "#ffffff", DARK_PAPER: "#161f26"}
WHITE, INK = "#ffffff", "#0e1822"


def sheet(accent: str) -> str:
    """Tokens for light and dark pages from an accent such as "#0b6b6b"."""
    dark = f"@media screen and (prefers-color-scheme:dark){{:root{{{_rules(accent, DARK_PAPER)}}}}}"
    return f":root{{{_rules(accent, LIGHT_PAPER)}}}{dark}"


def advice(accent: str) -> str:
    """What a reader's eyes make of an accent: "" where it can be read on light paper and on dark as it is."""
    told = {paper: readable_on(accent, paper) for paper in (LIGHT_PAPER, DARK_PAPER)}
    changed = [
        f"{told[paper]} on {name} pages (as it is, its contrast there is {contrast(accent, paper):.1f})"
        for paper, name in ((LIGHT_PAPER, "light"), (DARK_PAPER, "dark"))
        if told[paper] != accent.lower()
    ]
    return f"{accent} is shown as {' and as '.join(changed)}: text needs {READABLE} to be read." if changed else ""


def readable_on(accent: str, paper: str) -> str:
    """The accent, or the nearest tint of it that can be read on a paper, on its surfaces and on its own soft ground."""
    tint = readable(readable(accent.lower(), paper), SURFACES[paper])
    return readable(tint, _soft(tint, paper))


def _soft(tint: str, paper: str) -> str:
    return mixed(tint, paper, 0.88)


def _rules(accent: str, paper: str) -> str:
    tint = readable_on(accent, paper)
    ink = max((WHITE, INK), key=lambda one: contrast(tint, one))
    tokens = {
        "accent": tint,
        "accent-ink": ink,
        "accent-soft": _soft(tint, paper),
        "accent-line": mixed(tint, paper, 0.6),
    }
    return "".join(f"--{name}:{value};" for name, value in tokens.items())
