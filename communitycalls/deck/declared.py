"""C declarations read once on a machine, not by each process: to parse WeasyPrint's takes a tenth of a worker's start.

cffi can write down what it parsed as a few lines of Python. They are kept as Python keeps its own compiled modules: in
`__pycache__` beside the module that they are of, where that can be written to, and named by everything they depend on.
"""

import hashlib
import importlib
import importlib.util
import io
import marshal
import os
import sys
import types
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

BACKEND = "_cffi_backend"  # the part of cffi in C


@contextmanager
def standing_in() -> Iterator[None]:
    """Let what is imported meanwhile find our FFI in place of cffi's, unless cffi is there already."""
    stand_in = types.ModuleType("cffi")
    vars(stand_in)["FFI"] = FFI
    sys.modules.setdefault("cffi", stand_in)
    try:
        yield
    finally:
        if sys.modules.get("cffi") is stand_in:
            del sys.modules["cffi"]


class FFI:
    """In place of `cffi.FFI`, for declarations that come all at once, by `cdef`."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or _beside("weasyprint", "text")

    def cdef(self, text: str) -> None:
        """Give this object all that a compiled `FFI` has."""
        names: dict[str, Any] = {}
        exec(self._kept(text), names)
        compiled = names["ffi"]
        vars(self).update({name: getattr(compiled, name) for name in dir(compiled) if not name.startswith("__")})
        stays = compiled.RTLD_NODELETE  # at a process's end things are let go that need their library for it
        vars(self)["dlopen"] = lambda name, flags=compiled.RTLD_NOW: compiled.dlopen(name, flags | stays)

    def _kept(self, text: str) -> types.CodeType:
        """What was parsed once, from the folder; else parsed now, and kept there."""
        versions = f"{importlib.import_module(BACKEND).__version__} {sys.implementation.cache_tag} "
        path = self._folder / f"declared-{hashlib.sha256((versions + text).encode()).hexdigest()}"
        with suppress(OSError, ValueError, EOFError, TypeError):
            code = marshal.loads(path.read_bytes())
            if isinstance(code, types.CodeType):
                return code
        code = parsed(text)
        _keep(path, marshal.dumps(code))
        return code


def parsed(text: str) -> types.CodeType:
    """Declarations as code that makes `ffi` of them."""
    if not hasattr(sys.modules.get("cffi"), "__path__"):
        sys.modules.pop("cffi", None)  # what stands in for it
    import cffi.recompiler  # type: ignore[import-untyped]  # noqa: PLC0415 -- large, seldom needed, and without types

    ffi = cffi.FFI()
    ffi.cdef(text)
    ffi.set_source("declared", None)
    found = io.StringIO()
    cffi.recompiler.make_py_source(ffi, "declared", found)
    return compile(found.getvalue(), "declared", "exec")


def _beside(package: str, *parts: str) -> Path:
    spec = importlib.util.find_spec(package)
    folder = Path(spec.origin).parent if spec and spec.origin else Path()
    return folder.joinpath(*parts, "__pycache__")


def _keep(path: Path, data: bytes) -> None:
    if sys.dont_write_bytecode:
        return
    part = path.with_name(f"{path.name}.{os.getpid()}")
    with suppress(OSError):
        part.write_bytes(data)
        part.replace(path)
