"""Uploaded SVG drawings made safe: read as XML, and written anew from what is named here, so that nothing else enters.

What may stay are shapes, text, gradients, markers and clips with plain values; a reference leads to an id of the same
drawing only. Scripts, style sheets, links, foreign elements, pictures and `use` (ten lines of it can ask for a million
shapes) go. The source is the SVG 2 Recommendation, chapters 5 to 14.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

SVG = "http://www.w3.org/2000/svg"
XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
MOST_BYTES = 500_000
MOST_ELEMENTS = 5_000
MOST_DEPTH = 40
LONGEST_VALUE = 60_000

ELEMENTS = frozenset(
    "svg g defs title desc path rect circle ellipse line polyline polygon text tspan linearGradient radialGradient"
    " stop marker clipPath switch".split()
)
GEOMETRY = (
    "x y x1 x2 y1 y2 dx dy cx cy r rx ry fx fy width height viewBox preserveAspectRatio d points transform"
    " gradientTransform gradientUnits spreadMethod offset id clipPathUnits pathLength"
    " markerWidth markerHeight markerUnits refX refY orient textLength lengthAdjust rotate"
)
LOOK = (
    "fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit"
    " stroke-dasharray stroke-dashoffset opacity color stop-color stop-opacity clip-path clip-rule marker-start"
    " marker-mid marker-end font-family font-size font-style font-weight text-anchor dominant-baseline"
    " letter-spacing visibility display"
)
ATTRIBUTES = frozenset(GEOMETRY.split()) | frozenset(LOOK.split())
STYLES = frozenset(LOOK.split())
TEXTS = frozenset({"title", "desc", "text", "tspan"})
REFERENCE = re.compile(r"url\(\s*['\"]?#([\w.:-]+)['\"]?\s*\)(?:\s+[#\w(),.%\s-]*)?")
PLAIN = re.compile(r"[^<>&\\:;{}@]*")
HAS_URL = re.compile(r"url\s*\(|/\*|expression", re.IGNORECASE)
DOCTYPE = re.compile(r"<!DOCTYPE[^\[\]<>]*>", re.IGNORECASE)
WHAT_IS_RIGHT = "Save it as a plain SVG of shapes and text."


class SvgError(Exception):
    """A drawing that is not taken in; the message continues a sentence that began with its name."""


@dataclass
class _Budget:
    elements: int = 0

    def spend(self, depth: int) -> None:
        self.elements += 1
        if self.elements > MOST_ELEMENTS:
            raise SvgError(f"has more than {MOST_ELEMENTS:,} shapes. Make it simpler.")
        if depth > MOST_DEPTH:
            raise SvgError(f"nests shapes deeper than {MOST_DEPTH}. Ungroup some of them.")


def redraw(data: bytes) -> bytes:
    """A drawing written anew in UTF-8, from its bytes. Raises SvgError."""
    root = _parse(data)
    if root.tag != f"{{{SVG}}}svg":
        raise SvgError(f"is XML, but no SVG drawing. {WHAT_IS_RIGHT}")
    clean = _clean(root, _Budget(), 0)
    _give_size(clean)
    ET.register_namespace("", SVG)
    return bytes(ET.tostring(clean, encoding="utf-8"))


def _parse(data: bytes) -> ET.Element:
    if len(data) > MOST_BYTES:
        raise SvgError(f"has {len(data) / 1000:,.0f} kB; a drawing may have {MOST_BYTES // 1000}. Make it simpler.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SvgError(f"is not written in UTF-8 (byte {error.start + 1:,}). {WHAT_IS_RIGHT}") from error
    text = DOCTYPE.sub("", re.sub(r"^\s*<\?xml[^>]*\?>", "", text, count=1), count=1)
    if re.search(r"<!(?:DOCTYPE|ENTITY)", text, re.IGNORECASE):
        raise SvgError(f"declares entities of its own. {WHAT_IS_RIGHT}")
    try:
        return ET.fromstring(text)
    except (ET.ParseError, RecursionError, ValueError) as error:
        raise SvgError(f"cannot be read: {error}. {WHAT_IS_RIGHT}") from error


def _clean(element: ET.Element, budget: _Budget, depth: int) -> ET.Element:
    budget.spend(depth)
    clean = ET.Element(element.tag, dict(_attributes(element)))
    if _name(element) in TEXTS:
        clean.text = element.text
    for child in element:
        if _name(child) in ELEMENTS:
            kept = _clean(child, budget, depth + 1)
            kept.tail = child.tail if _name(element) in TEXTS else None
            clean.append(kept)
    return clean


def _name(element: ET.Element) -> str:
    """An element's name in SVG's namespace; "" for any other, comments and instructions too."""
    tag = element.tag if isinstance(element.tag, str) else ""
    return tag.removeprefix(f"{{{SVG}}}") if tag.startswith(f"{{{SVG}}}") else ""


def _attributes(element: ET.Element) -> Iterator[tuple[str, str]]:
    for name, value in element.attrib.items():
        if name in ATTRIBUTES and _is_plain(value):
            yield name, value
        elif name == "style":
            yield from _styles(value)
        elif name in ("href", XLINK_HREF) and _name(element).endswith("Gradient") and re.fullmatch(r"#[\w.:-]+", value):
            yield "href", value


def _styles(text: str) -> Iterator[tuple[str, str]]:
    """The declarations of a style attribute as attributes."""
    for declaration in text.split(";"):
        name, _, value = declaration.partition(":")
        if name.strip() in STYLES and _is_plain(value.strip()):
            yield name.strip(), value.strip()


def _is_plain(value: str) -> bool:
    """Whether a value can mean nothing but a number, a colour, a path, a name or an id of the same drawing."""
    if len(value) > LONGEST_VALUE:
        raise SvgError(f"has a path of {len(value):,} characters. Make it simpler.")
    if HAS_URL.search(value):
        return REFERENCE.fullmatch(value) is not None
    return PLAIN.fullmatch(value) is not None


def _give_size(root: ET.Element) -> None:
    """A drawing without a view box scales nowhere: it gets one from its size. Raises SvgError where it has neither."""
    if "viewBox" in root.attrib:
        return
    sizes = [re.fullmatch(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*", root.get(name, "")) for name in ("width", "height")]
    if not all(sizes):
        raise SvgError("has neither a view box nor a width and height in pixels. Save it with one of them.")
    root.set("viewBox", "0 0 " + " ".join(match[1] for match in sizes if match))
