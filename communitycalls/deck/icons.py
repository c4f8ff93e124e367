"""The icons a list may begin its items with, by name or by the emoji people type for them.

`- :lock: secure by default` or `- 🔒 secure by default`. Paths are our own, drawn with strokes on a 24 by 24 field.
An emoji we have no icon for is shown as it is; a name we do not know stays text.
"""

import re

PATHS = {
    "arrow": "M4 12h15 M13 6l6 6-6 6",
    "book": "M4 5c3-1 6-1 8 1 2-2 5-2 8-1v14c-3-1-6-1-8 1-2-2-5-2-8-1z M12 6v14",
    "bug": "M8 9a4 4 0 0 1 8 0v5a4 4 0 0 1-8 0z M8 11H4 M8 15H5 M16 11h4 M16 15h3 M9 5L7 3 M15 5l2-2 M12 9v9",
    "calendar": "M4 6h16v14H4z M4 10h16 M8 3v5 M16 3v5",
    "chart": "M4 20h16 M7 20v-6 M12 20V5 M17 20v-10",
    "chat": "M4 5h16v11H11l-5 4v-4H4z M8 9h8 M8 12h5",
    "check": "M4 13l5 5L20 6",
    "clock": "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18z M12 7v5l3 2",
    "cloud": "M7 18a4 4 0 0 1 0-8a5 5 0 0 1 9.6-1A4.5 4.5 0 0 1 17 18z",
    "container": "M3 8l9-4 9 4v8l-9 4-9-4z M3 8l9 4 9-4 M12 12v8",
    "done": "M4 4h16v16H4z M8 12.5l3 3 5-6",
    "fleet": "M4 4h6v6H4z M14 4h6v6h-6z M4 14h6v6H4z M14 14h6v6h-6z",
    "gear": "M12 8.5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 0 0 0-7z M12 3v3 M12 18v3 M3 12h3 M18 12h3 M5.6 5.6l2.2 2.2"
    " M16.2 16.2l2.2 2.2 M18.4 5.6l-2.2 2.2 M7.8 16.2l-2.2 2.2",
    "globe": "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18z M3 12h18 M12 3c-5 5-5 13 0 18 M12 3c5 5 5 13 0 18",
    "heart": "M12 20C5 15 3 11 3 8.5A4.5 4.5 0 0 1 12 7a4.5 4.5 0 0 1 9 1.5C21 11 19 15 12 20z",
    "idea": "M9 17a6 6 0 1 1 6 0v2H9z M10 22h4",
    "leaf": "M5 19C4 9 10 4 20 4c0 10-5 16-13 14 M5 20c2-5 5-8 9-10",
    "link": "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1.5 1.5 M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1.5-1.5",
    "lock": "M5 11h14v10H5z M8 11V8a4 4 0 0 1 8 0v3 M12 15v2",
    "megaphone": "M4 10v4h3l9 5V5l-9 5z M19 9v6 M7 14l1 6h3l-1-5",
    "open": "M4 4h16v16H4z",
    "people": "M9 5a3.5 3.5 0 1 0 0 7a3.5 3.5 0 0 0 0-7z M2 20c0-4 3-6 7-6s7 2 7 6 M16 5.5a3.5 3.5 0 0 1 0 6.5"
    " M18 14.5c3 .8 4 2.5 4 5.5",
    "pin": "M12 21c-5-6-7-9-7-12a7 7 0 0 1 14 0c0 3-2 6-7 12z M12 6.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 0 0 0-5z",
    "play": "M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18z M10 8l6 4-6 4z",
    "rocket": "M12 15l-3-3c1-5 4-9 11-9 0 7-4 10-8 12z M9 12H5l3-4 M12 15v4l4-3 M5 15c-2 1-2 5-2 6 1 0 5 0 6-2",
    "server": "M4 4h16v6H4z M4 14h16v6H4z M7 7h1 M7 17h1 M12 7h5 M12 17h5",
    "shield": "M12 3l8 3v6c0 5-4 8-8 9-4-1-8-4-8-9V6z M8.5 12l2.5 2.5 4.5-5",
    "star": "M12 3l2.8 5.8 6.2.9-4.5 4.4 1 6.3-5.5-3-5.5 3 1-6.3L3 9.7l6.2-.9z",
    "update": "M20 11a8 8 0 0 0-14-4L4 9 M4 4v5h5 M4 13a8 8 0 0 0 14 4l2-2 M20 20v-5h-5",
    "warning": "M12 4l9 16H3z M12 10v5 M12 17.5v.5",
    "wrench": "M14 7a5 5 0 0 1 6.5-4l-3 3 1 2 2 1 3-3a5 5 0 0 1-7 5.5L7 21l-4-4 9.5-8.5A5 5 0 0 1 14 7z",
}

EMOJI = {
    "➡": "arrow", "→": "arrow", "👉": "arrow", "📖": "book", "📚": "book", "📝": "book", "🐛": "bug", "🐞": "bug",
    "📅": "calendar", "📆": "calendar", "🗓": "calendar", "📈": "chart", "📊": "chart", "💬": "chat", "🗨": "chat",
    "✅": "check", "✔": "check", "⏰": "clock", "⏱": "clock", "🕐": "clock", "☁": "cloud", "🌩": "cloud",
    "📦": "container", "🐳": "container", "🚢": "fleet", "⚙": "gear", "🌍": "globe", "🌎": "globe", "🌐": "globe",
    "❤": "heart", "💚": "heart", "💙": "heart", "💡": "idea", "🌱": "leaf", "🌿": "leaf", "🔗": "link", "🔒": "lock",
    "🔐": "lock", "📣": "megaphone", "📢": "megaphone", "👥": "people", "🤝": "people", "🙋": "people", "📍": "pin",
    "🎬": "play", "▶": "play", "🎥": "play", "🚀": "rocket", "🖥": "server", "🛡": "shield", "⭐": "star",
    "🌟": "star", "🔄": "update", "♻": "update", "⚠": "warning", "🔧": "wrench", "🛠": "wrench",
}  # fmt: skip

NAMED = re.compile(r":(?P<name>[a-z]+):\s+(?P<rest>\S.*)", re.DOTALL)
PICTOGRAM = re.compile(
    r"(?P<emoji>(?:[\u2190-\u21ff\u2300-\u23ff\u25a0-\u27bf\u2b00-\u2bff]|[\U0001f300-\U0001faff])"
    r"(?:[\ufe0f\u200d\U0001f3fb-\U0001f3ff]|(?<=\u200d)[\u2600-\u27bf\U0001f300-\U0001faff])*)\s+(?P<rest>\S.*)",
    re.DOTALL,
)


SIGNS = {name: emoji for emoji, name in reversed(EMOJI.items())} | {"done": "☑", "open": "☐"}


def split(text: str) -> tuple[str, str]:
    """The icon a text begins with (a name of ours or an emoji, "" for none), and the text after it."""
    if (named := NAMED.match(text)) and named["name"] in PATHS:
        return named["name"], named["rest"]
    if found := PICTOGRAM.match(text):
        return EMOJI.get(found["emoji"].rstrip("\ufe0f"), found["emoji"]), found["rest"]
    return "", text


def sign(icon: str, written: str = "") -> str:
    """What stands for an icon among plain words: the emoji that a text begins with, else one that means the same."""
    found = PICTOGRAM.match(written) if icon else None
    return found["emoji"] if found else SIGNS.get(icon, icon)
