"""How fast decks are, as ratios against what people would take instead. Not a test: `python -m tests.benchmark_decks`.

Each ratio is the median of pairs measured in turns, ours and theirs, on one machine. Marp is looked for in
DIR/marp/node_modules/.bin, typst in DIR/typst/bin/python (a venv with the package), Chromium where tests find it; what
is not there is left out. `--tools DIR` says where, `--pairs N` how many pairs, `--only WORD` which figures.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import os
import secrets
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any
from urllib.request import urlopen

HOME = Path(__file__).resolve().parent.parent
TARGETS = {
    "cold, time, Marp": 0.35,
    "cold, time, Chromium": 0.8,
    "cold, memory, Marp": 0.2,
    "cold, memory, Chromium": 0.2,
    "first export, time, Marp's server": 0.40,
    "one slide edited, time, our own full export": 0.45,
    "one slide edited, time, typst's cold run": 1.0,
    "unchanged, time, a static file": 1.5,
    "unchanged (304), time, a static file": 1.5,
    "size, Marp": 1.0,
    "size, Chromium": 1.0,
    "size, typst": 1.0,
}
QUIET = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]


@dataclass
class Bench:
    """Where everything lies, and what was drawn first."""

    folder: Path
    tools: Path
    pairs: int
    only: str
    env: dict[str, str] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)

    def say(self, name: str, ours: Callable[[], float], theirs: Callable[[], float], unit: str = "s") -> None:
        """Measure in turns and print the ratio."""
        if self.only not in name:
            return
        theirs_first, ours_first = theirs(), ours()
        pairs = [(ours(), theirs()) for _ in range(self.pairs)] if unit != "kB" else [(ours_first, theirs_first)]
        ratio = statistics.median(one / other for one, other in pairs)
        mine, other = (statistics.median(column) for column in zip(*pairs, strict=True))
        verdict = "met" if ratio <= TARGETS[name] else "NOT met"
        tell(f"{name:46} {ratio:6.3f}  (target {TARGETS[name]}: {verdict}; {mine:.4g} to {other:.4g} {unit})")

    @property
    def marp(self) -> Path | None:
        return self._tool("Marp", self.tools / "marp" / "node_modules" / ".bin" / "marp")

    @property
    def typst(self) -> Path | None:
        return self._tool("typst", self.tools / "typst" / "bin" / "python")

    def _tool(self, name: str, path: Path) -> Path | None:
        if path.exists():
            return path
        self.missing.append(f"{name} is not at {path}: its figures are left out.")
        return None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tools", type=Path, default=Path("/tmp/w/bench"))
    parser.add_argument("--pairs", type=int, default=7)
    parser.add_argument("--only", default="")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="decks-") as folder:
        bench = Bench(Path(folder), asked.tools, asked.pairs, asked.only)
        settle(bench)
        run(bench)
        for sentence in dict.fromkeys(bench.missing):
            tell(sentence)


def settle(bench: Bench) -> None:
    """A site of its own in this process, with the benchmark's call in it, and the deck for each tool."""
    data = bench.folder / "data"
    (data / "static").mkdir(parents=True)
    bench.env = {**os.environ, "DATA_DIR": str(data), "COMMUNITYCALLS_DEMO": "1", "PYTHONHASHSEED": "0"}
    bench.env.pop("PYTHONDONTWRITEBYTECODE", None)  # a user's second run finds modules compiled
    os.environ.update(COMMUNITYCALLS_TESTING="1", DATA_DIR=str(data), SECRET_KEY=secrets.token_urlsafe(50))
    os.environ["DJANGO_SETTINGS_MODULE"] = "communitycalls.settings"
    import django  # noqa: PLC0415 -- settings are read now

    django.setup()
    from django.core.management import call_command  # noqa: PLC0415 -- as above

    call_command("migrate", verbosity=0)


def run(bench: Bench) -> None:
    """All figures."""
    from tests import benchmark_sources as sources  # noqa: PLC0415 -- needs settings

    pictures = sources.paint_pictures(bench.folder / "data" / "media")
    make_call(sources.benchmark_call())
    out = bench.folder / "ours.pdf"
    place = ["community-call", "2021-05-11", "-o", str(out)]
    command = [sys.executable, str(HOME / "manage.py"), "export_pdf", "deck", *place]
    tell(subprocess.run(command, cwd=HOME, env=bench.env, check=True, capture_output=True, text=True).stdout.strip())
    drawing = drawing_of(out)
    (bench.folder / "deck.md").write_text(sources.markdown(drawing, pictures))
    (bench.folder / "deck.typ").write_text(sources.typst(drawing, pictures))
    (bench.folder / "deck.html").write_text(html_of(bench.folder))
    for picture in (*pictures, sources.ART):
        shutil.copy(picture, bench.folder)
    peers = commands(bench)
    for name, peer in peers.items():
        cold(bench, name, command, peer)
        measure_size(bench, name, peer)
    warm(bench, peers)


def measure_size(bench: Bench, name: str, peer: list[str]) -> None:
    subprocess.run(peer, cwd=bench.folder, check=True, capture_output=True)

    def kilobytes(file: str) -> Callable[[], float]:
        return lambda: (bench.folder / file).stat().st_size / 1000

    bench.say(f"size, {name}", kilobytes("ours.pdf"), kilobytes(f"{name}.pdf"), "kB")


def drawing_of(path: Path) -> Any:
    from communitycalls.deck.outcome import Drawing  # noqa: PLC0415 -- needs settings

    return Drawing(path.read_bytes(), 0)


def make_call(document: Any) -> Any:
    from communitycalls import importer  # noqa: PLC0415 -- needs settings
    from communitycalls.models import Call, Series  # noqa: PLC0415 -- likewise

    Series.objects.get_or_create(slug=document.series, defaults={"name": "Community call", "timezone": "Europe/Berlin"})
    importer.load(document, name="benchmark", now=dt.datetime.now(dt.UTC))
    return Call.objects.get(series__slug=document.series, date=document.date, ordinal=document.ordinal)


def html_of(folder: Path) -> str:
    """Our own HTML with our own rules, for Chromium."""
    from communitycalls.deck import draw, theme  # noqa: PLC0415 -- needs settings
    from communitycalls.deck.compose import compose  # noqa: PLC0415 -- likewise
    from communitycalls.deck.sources import job_of  # noqa: PLC0415 -- likewise
    from communitycalls.models import Call  # noqa: PLC0415 -- likewise

    job = job_of("deck", Call.objects.get(), whole=True)
    rules = theme.sheet(theme.theme(job.setting)).replace('url("../', f'url("file://{HOME}/static/')
    text = draw.html(compose(job.call, job.setting), job.setting)
    text = text.replace("/media/", f"file://{folder}/data/media/")
    return text.replace("</head>", f"<style>{rules}</style></head>")


def commands(bench: Bench) -> dict[str, list[str]]:
    """How each tool that is here makes its deck, in the bench's folder."""
    from communitycalls.bootstrap import chromium  # noqa: PLC0415 -- only here

    found: dict[str, list[str]] = {}
    browser = chromium.find()
    if browser and bench.marp:
        found["Marp"] = [str(bench.marp), "deck.md", "--pdf", "--allow-local-files", "-o", "Marp.pdf"]
        found["Marp"] += ["--browser", "chrome", "--browser-path", str(browser)]
    if browser:
        address = f"file://{bench.folder}/deck.html"
        found["Chromium"] = [str(browser), *QUIET, f"--print-to-pdf={bench.folder}/Chromium.pdf", address]
    if bench.typst:
        found["typst"] = [str(bench.typst), "-c", "import typst; typst.compile('deck.typ', output='typst.pdf')"]
    return found


def cold(bench: Bench, name: str, ours: list[str], theirs: list[str]) -> None:
    if name == "typst":
        return
    mine, other = (ours, bench.env, HOME), (theirs, dict(os.environ), bench.folder)
    bench.say(f"cold, time, {name}", lambda: timed(*mine), lambda: timed(*other))
    bench.say(f"cold, memory, {name}", lambda: memory(*mine), lambda: memory(*other), "MiB")


class Site:
    """A running site, asked through Django's own client; each deck of its own is that of another call."""

    def __init__(self, bench: Bench) -> None:
        from django.conf import settings  # noqa: PLC0415 -- needs settings
        from django.test import Client  # noqa: PLC0415 -- likewise

        from tests import benchmark_sources as sources  # noqa: PLC0415 -- likewise

        (settings.STATIC_ROOT / "deck.pdf").write_bytes((bench.folder / "ours.pdf").read_bytes())
        self._client, self._sources, self._numbers = Client(), sources, iter(range(1, 1000))
        self.call = make_call(sources.benchmark_call())
        self.get(self.call)

    def get(self, call: Any, **headers: str) -> float:
        """The seconds a deck takes."""
        address = f"/calls/{call.series.slug}/{call.address}/slides.pdf"
        began = time.perf_counter()
        response = self._client.get(address, headers=headers)
        b"".join(response)
        seconds = time.perf_counter() - began
        assert response.status_code == (304 if headers else 200)
        self.mark = response.headers["ETag"]
        return seconds

    def first(self) -> float:
        return self.get(make_call(self._sources.benchmark_call(next(self._numbers))))

    def after_an_edit(self) -> float:
        call = make_call(self._sources.benchmark_call(next(self._numbers)))
        self.get(call)
        item = call.agenda.get(number=1)
        item.slide_notes += "\n- one bullet more"
        item.save()
        call.raise_version()
        return self.get(call)

    def unchanged(self) -> float:
        return statistics.median(self.get(self.call) for _ in range(40))

    def not_modified(self) -> float:
        self.get(self.call)
        return statistics.median(self.get(self.call, **{"If-None-Match": self.mark}) for _ in range(40))

    def static(self) -> float:
        return statistics.median(self._static() for _ in range(40))

    def _static(self) -> float:
        began = time.perf_counter()
        response = self._client.get("/static/deck.pdf")
        b"".join(response)
        assert response.status_code == 200
        return time.perf_counter() - began


def warm(bench: Bench, peers: dict[str, list[str]]) -> None:
    site = Site(bench)
    with marp_server(bench) as ask:
        if ask:
            bench.say("first export, time, Marp's server", site.first, ask)
    bench.say("one slide edited, time, our own full export", site.after_an_edit, site.first)
    if "typst" in peers:
        run_typst = partial(timed, peers["typst"], dict(os.environ), bench.folder)
        bench.say("one slide edited, time, typst's cold run", site.after_an_edit, run_typst)
    bench.say("unchanged, time, a static file", site.unchanged, site.static)
    bench.say("unchanged (304), time, a static file", site.not_modified, site.static)


@contextlib.contextmanager
def marp_server(bench: Bench) -> Iterator[Callable[[], float] | None]:
    """Marp's server mode; what it gives asks it for the deck as a PDF and tells how long that took."""
    from communitycalls.bootstrap import chromium  # noqa: PLC0415 -- only here

    browser = chromium.find()
    if not browser or not bench.marp:
        yield None
        return
    arguments = ["-s", str(bench.folder), "--allow-local-files", "--browser", "chrome", "--browser-path", str(browser)]
    server = subprocess.Popen(
        [str(bench.marp), *arguments],
        env={**os.environ, "PORT": "18765"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )

    def ask() -> float:
        began = time.perf_counter()
        assert urlopen("http://127.0.0.1:18765/deck.md?pdf", timeout=60).read().startswith(b"%PDF")
        return time.perf_counter() - began

    try:
        _wait_for("http://127.0.0.1:18765/")
        yield ask
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def _wait_for(address: str) -> None:
    for _ in range(100):
        with contextlib.suppress(OSError):
            urlopen(address, timeout=5).read()
            return
        time.sleep(0.1)


def tell(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()


def timed(command: list[str], env: dict[str, str], folder: Path) -> float:
    began = time.perf_counter()
    subprocess.run(command, cwd=folder, env=env, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - began


def memory(command: list[str], env: dict[str, str], folder: Path) -> float:
    """The most memory a command and all its children share out among them, in MiB."""
    process = subprocess.Popen(command, cwd=folder, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    best = [0]

    def watch() -> None:
        while process.poll() is None:
            best[0] = max(best[0], sum(_share(one) for one in _family(process.pid)))
            time.sleep(0.02)

    watcher = threading.Thread(target=watch)
    watcher.start()
    process.wait()
    watcher.join()
    return best[0] / 1024


def _family(process: int) -> list[int]:
    found = [process]
    with contextlib.suppress(OSError):
        for thread in Path(f"/proc/{process}/task").iterdir():
            for child in (thread / "children").read_text().split():
                found += _family(int(child))
    return found


def _share(process: int) -> int:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0


if __name__ == "__main__":
    main()
