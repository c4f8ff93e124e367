"""C declarations are parsed once on a machine; whatever becomes of what was kept, they mean the same."""

import subprocess
import sys
import types
from pathlib import Path
from typing import Any

import pytest

from communitycalls.deck import declared

TEXT = "typedef struct { int quot; int rem; } div_t; div_t div(int numer, int denom); int abs(int);"


def remainder(folder: Path) -> tuple[int, int]:
    ffi: Any = declared.FFI(folder)
    ffi.cdef(TEXT)
    library = ffi.dlopen(None)
    return library.abs(-3), ffi.new("div_t *", library.div(17, 5)).rem


@pytest.fixture
def parsings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that were parsed."""
    texts: list[str] = []
    parse = declared.parsed

    def note(text: str) -> types.CodeType:
        texts.append(text)
        return parse(text)

    monkeypatch.setattr(declared, "parsed", note)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return texts


def test_second_process_finds_what_the_first_parsed(tmp_path: Path, parsings: list[str]) -> None:
    assert [remainder(tmp_path), remainder(tmp_path)] == [(3, 2), (3, 2)]
    assert parsings == [TEXT]
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("damage", [b"", b"no code", b"\xe9\x01\x00\x00\x00"])
def test_damaged_file_is_parsed_anew(tmp_path: Path, parsings: list[str], damage: bytes) -> None:
    remainder(tmp_path)
    (path,) = tmp_path.iterdir()
    path.write_bytes(damage)
    assert [remainder(tmp_path), remainder(tmp_path)] == [(3, 2), (3, 2)]
    assert len(parsings) == 2


def test_folder_that_cannot_be_written_to_costs_time_alone(tmp_path: Path, parsings: list[str]) -> None:
    assert [remainder(tmp_path / "none"), remainder(tmp_path / "none")] == [(3, 2), (3, 2)]
    assert len(parsings) == 2


def test_nothing_is_kept_where_python_keeps_nothing(
    tmp_path: Path, parsings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert remainder(tmp_path) == (3, 2)
    assert list(tmp_path.iterdir()) == []


def test_what_is_kept_is_for_this_very_python(
    tmp_path: Path, parsings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    remainder(tmp_path)
    monkeypatch.setattr("importlib.util.MAGIC_NUMBER", b"next")
    remainder(tmp_path)
    assert len(parsings) == 2
    assert len(list(tmp_path.iterdir())) == 2


def test_files_lie_where_python_keeps_compiled_modules_and_never_in_the_current_folder(
    tmp_path: Path, parsings: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert str(declared._beside("weasyprint", "text", "ffi.py")).endswith("weasyprint/text/__pycache__")
    monkeypatch.setattr(sys, "pycache_prefix", "/var/cache/python")
    assert str(declared._beside("weasyprint", "text", "ffi.py")).startswith("/var/cache/python/")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(declared, "_beside", lambda *_: None)
    ffi: Any = declared.FFI()
    ffi.cdef(TEXT)
    assert parsings == [TEXT]
    assert list(tmp_path.iterdir()) == []


def test_declarations_that_come_twice_are_left_to_cffi(tmp_path: Path) -> None:
    ffi: Any = declared.FFI(tmp_path)
    ffi.cdef(TEXT)
    with pytest.raises(TypeError, match="do not come all at once"):
        ffi.cdef("int abs(int);")


def test_others_still_find_cffi_itself() -> None:
    code = "from communitycalls.deck.loading import quick_import; quick_import(); import cffi; print(cffi.__version__)"
    settled = f"from django.conf import settings; settings.configure(); {code}"
    done = subprocess.run([sys.executable, "-c", settled], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, bool(done.stdout.strip())) == (0, True), done.stderr
