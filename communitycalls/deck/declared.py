"""C declarations read once on a machine, not by each process: to parse WeasyPrint's takes a tenth of a worker's start.

cffi can write down what it parsed as a few lines of Python. They are kept where and as Python keeps the module compiled
that they are of: most often in `__pycache__` beside it, where that can be written to. Who can change one file there can
change the other, so that they are trusted alike. They are named by everything they depend on.
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
    """In place of `cffi.FFI`, for declarations that come all at once, by `cdef`.

    What is parsed is kept in a folder, by default that of WeasyPrint's compiled modules; nowhere where there is none.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or _beside("weasyprint", "text", "ffi.py")

    def cdef(self, text: str) -> None:
        """Give this object all that a compiled `FFI` has. Raises TypeError where it has been given some before."""
        if "dlopen" in vars(self):
            raise TypeError("These declarations do not come all at once: they are for cffi itself.")
        names: dict[str, Any] = {}
        exec(self._kept(text), names)
        compiled = names["ffi"]
        vars(self).update({name: getattr(compiled, name) for name in dir(compiled) if not name.startswith("__")})
        stays = compiled.RTLD_NODELETE  # at a process's end things are let go that need their library for it
        vars(self)["dlopen"] = lambda name, flags=compiled.RTLD_NOW: compiled.dlopen(name, flags | stays)

    def _kept(self, text: str) -> types.CodeType:
        """What was parsed once, from the folder; else parsed now, and kept there."""
        if self._folder is None:
            return parsed(text)
        python = f"{sys.implementation.cache_tag} {importlib.util.MAGIC_NUMBER.hex()}"
        versions = f"{importlib.import_module(BACKEND).__version__} {python} "
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


def _beside(package: str, *parts: str) -> Path | None:
    """The folder of a compiled module, None where there is none: the current one is anybody's."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None or sys.implementation.cache_tag is None:
        return None
    return Path(importlib.util.cache_from_source(str(Path(spec.origin).parent.joinpath(*parts)))).parent


def _keep(path: Path, data: bytes) -> None:
    if sys.dont_write_bytecode:
        return
    part = path.with_name(f"{path.name}.{os.getpid()}")
    with suppress(OSError):
        part.write_bytes(data)
        part.replace(path)
