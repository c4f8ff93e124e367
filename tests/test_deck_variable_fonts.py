"""A page painted with a variable font finds it again in another process, at the weight it was painted in."""

import json
import os
import subprocess
import sys
from pathlib import Path

from fontTools.fontBuilder import FontBuilder  # type: ignore[import-untyped]  # -- it has no types
from fontTools.pens.ttGlyphPen import TTGlyphPen  # type: ignore[import-untyped]  # -- likewise
from fontTools.ttLib.tables.TupleVariation import TupleVariation  # type: ignore[import-untyped]  # -- likewise

HOME = Path(__file__).resolve().parent.parent
FAMILY = "Blocks of many weights"
SIGNS = {32: "space", **{ord(sign): sign for sign in "abc"}}
PAINTED = f"""
import json
from weasyprint import HTML
from weasyprint.text.fonts import FontConfiguration
from communitycalls.deck import signs
from communitycalls.deck.ink import InkedPage

fonts = FontConfiguration()
text = '<html lang="en"><p style="font: 400 30px {FAMILY}">abc <b style="font-weight: 700">abc</b></p></html>'
page = HTML(string=text).render(font_config=fonts).pages[0]
told = InkedPage(page).sendable().ink.fonts
signs.FACES.clear()
signs.KNOWN.clear()
found = signs.fonts_of([told], fonts.font_map)
assert sorted(found) == sorted(told)
print(json.dumps(sorted((font.family, font.variations.get("wght", 400)) for font in found.values())))
"""


def make_font(path: Path) -> None:
    """A font of blocks that get wider with their weight."""
    builder = FontBuilder(1000, isTTF=True)
    names = [".notdef", *SIGNS.values()]
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap(SIGNS)
    pen = TTGlyphPen(None)
    pen.moveTo((50, 0))
    for corner in ((50, 700), (350, 700), (350, 0)):
        pen.lineTo(corner)
    pen.closePath()
    builder.setupGlyf(dict.fromkeys(names, pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (400, 50)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": FAMILY, "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=800, usWinAscent=800, usWinDescent=200)
    builder.setupPost()
    builder.setupFvar([("wght", 100, 400, 900, "Weight")], [])
    wider = [(0, 0), (0, 0), (200, 0), (200, 0), (0, 0), (250, 0), (0, 0), (0, 0)]
    builder.setupGvar({name: [TupleVariation({"wght": (0, 1, 1)}, wider)] for name in names})
    builder.save(path)


def test_variable_font_of_a_page_painted_elsewhere_is_found_again(tmp_path: Path) -> None:
    make_font(tmp_path / "blocks.ttf")
    told = f"<dir>{tmp_path}</dir><cachedir>{tmp_path}/cache</cachedir>"
    (tmp_path / "fonts.conf").write_text(f'<?xml version="1.0"?><fontconfig>{told}</fontconfig>')
    environment = os.environ | {"FONTCONFIG_FILE": str(tmp_path / "fonts.conf")}
    done = subprocess.run(
        [sys.executable, "-c", PAINTED],
        cwd=HOME,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [[FAMILY, 400], [FAMILY, 700]]
