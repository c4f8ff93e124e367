"""Pages as readers meet them: parsed, with the words and links of their parts."""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

import html5lib
from django.test import Client

BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class Part:
    """A part of a page."""

    element: Element

    @property
    def text(self) -> str:
        """The words, blanks folded, those for the eye and those for the ear."""
        return BLANKS.sub(" ", "".join(self.element.itertext())).strip()

    @property
    def links(self) -> list[str]:
        return [str(one.get("href")) for one in self.element.iter("a")]

    def all(self, tag: str, word: str = "") -> list["Part"]:
        """Every element of a tag, of a class where one is named, in order."""
        found = (one for one in self.element.iter() if str(one.tag).rpartition("}")[2] == tag)
        return [Part(one) for one in found if not word or word in str(one.get("class")).split()]

    def one(self, tag: str, word: str = "") -> "Part":
        found = self.all(tag, word)
        assert found, f"no {tag} {word} in: {self.text[:300]}"
        return found[0]

    def part(self, name: str) -> "Part":
        """The element with that id."""
        found = [one for one in self.element.iter() if one.get("id") == name]
        assert len(found) == 1, f"{len(found)} elements with the id {name!r}"
        return Part(found[0])

    def has(self, name: str) -> bool:
        return any(one.get("id") == name for one in self.element.iter())

    def get(self, name: str) -> str:
        return self.element.get(name) or ""


def read(client: Client, path: str, status: int = 200) -> Part:
    """The page at a path, which must answer with that status."""
    response = client.get(path)
    assert response.status_code == status, response.content.decode()[:2000]
    return Part(html5lib.parse(response.content.decode(), namespaceHTMLElements=False))
