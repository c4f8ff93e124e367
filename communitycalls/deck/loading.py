"""How a process that draws loads WeasyPrint: quickly, and without what it seldom needs."""

import ctypes.util
import importlib
import sys
import types
from functools import partial

DRAWS = "communitycalls.deck.pdf"
SELDOM = {"fontTools.subset": ("Options", "Subsetter"), "fontTools.varLib.instancer": ("instantiateVariableFont",)}


def quick_import() -> None:
    """Import WeasyPrint without what it seldom needs: the half of its time goes there.

    That is a search for library names no Linux has, which starts a compiler each time, and what cuts fonts where
    HarfBuzz cannot and freezes variable ones; the latter come when they are asked for.
    """
    find = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None
    _put_off()
    try:
        importlib.import_module(DRAWS)
    except OSError:
        ctypes.util.find_library = find
        importlib.import_module(DRAWS)
    finally:
        ctypes.util.find_library = find


def _put_off() -> None:
    """Stand-ins for modules of fontTools of which WeasyPrint wants a function or two, until one is called."""
    for name, wanted in SELDOM.items():
        if name not in sys.modules:
            module = types.ModuleType(name)
            for function in wanted:
                setattr(module, function, partial(_call_late, name, function))
            sys.modules[name] = module
            parent, _, child = name.rpartition(".")
            setattr(importlib.import_module(parent), child, module)


def _call_late(module: str, function: str, *arguments: object, **named: object) -> object:
    """Call a function of a module that was put off."""
    standing_in = sys.modules.pop(module)
    real = importlib.import_module(module)
    vars(standing_in).update(vars(real))
    return getattr(real, function)(*arguments, **named)
