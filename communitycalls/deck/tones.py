"""The colour a release channel is known by. Names are those of the style sheet's tokens."""

import re
from zlib import crc32

KNOWN = {
    "alpha": "alpha",
    "edge": "alpha",
    "nightly": "alpha",
    "canary": "alpha",
    "beta": "beta",
    "candidate": "beta",
    "rc": "beta",
    "testing": "beta",
    "stable": "stable",
    "production": "stable",
    "lts": "lts",
}
OTHERS = ("sand", "plum", "slate")


def tone_of(channel: str) -> str:
    """alpha, beta, stable or lts by a word of the channel's name; any other name has a tone of its own for good."""
    for word in re.findall(r"[a-z]+", channel.lower()):
        if word in KNOWN:
            return KNOWN[word]
    return OTHERS[crc32(channel.lower().encode()) % len(OTHERS)]
