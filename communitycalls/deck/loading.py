"""How a process that draws loads WeasyPrint: quickly, and without what it seldom needs."""

import ctypes.util
import importlib
import sys
import types
from functools import partial

from communitycalls.deck.declared import standing_in

DRAWS = "communitycalls.deck.pdf"
SELDOM = {"fontTools.subset": ("Options", "Subsetter"), "fontTools.varLib.instancer": ("instantiateVariableFont",)}


def quick_import() -> None:
    """Import WeasyPrint without what it seldom needs: the half of its time goes there.

    That is a search for library names no Linux has, which starts a compiler each time; C declarations that were parsed
    before; and what cuts fonts where HarfBuzz cannot and freezes variable ones, which comes when it is asked for.
    """
    find = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None
    _put_off()
    try:
        with standing_in():
            importlib.import_module(DRAWS)
    except Exception:  # a library that is named otherwise, a WeasyPrint that wants more: then as it comes
        ctypes.util.find_library = find
        importlib.import_module(DRAWS)
    finally:
        ctypes.util.find_library = find


def _put_off() -> None:
    """Stand-ins for modules of fontTools of which WeasyPrint wants a function or two, until one is called.

    The packages they are in are not imported for them: an import finds a module that is there by its full name.
    """
    for name, wanted in SELDOM.items():
        if name not in sys.modules:
            module = types.ModuleType(name)
            for function in wanted:
                setattr(module, function, partial(_call_late, name, function))
            sys.modules[name] = module


def _call_late(module: str, function: str, *arguments: object, **named: object) -> object:
    """Call a function of a module that was put off, which is imported when the first of its functions is called."""
    found = sys.modules[module]
    if isinstance(getattr(found, function), partial):
        del sys.modules[module]
        vars(found).update(vars(importlib.import_module(module)))
    return getattr(sys.modules[module], function)(*arguments, **named)
