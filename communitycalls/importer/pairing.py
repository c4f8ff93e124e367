"""Which element of one list is which of another: by key where there is one, else by likeness of their words."""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")

Key = Callable[[T], Hashable | None]
ALIKE = 0.5
VERY_ALIKE = 0.75
MOST_COMPARISONS = 40_000
WORD = re.compile(r"\w+")


def pair(
    old: Mapping[int, T],
    new: Mapping[int, T],
    keys: Sequence[Key[T]],
    words: Callable[[T], str] | None = None,
    alike: float = ALIKE,
) -> dict[int, int]:
    """Pairs of indexes, old to new. Keys are tried in their order, None pairs nothing; equal keys pair in list order.

    What no key pairs is paired by `words`, the most alike first, where at least `alike` of the words are the same;
    lists so long that this would take more than MOST_COMPARISONS are left to their keys.
    """
    pairs: dict[int, int] = {}
    for key in keys:
        _pair_by_key(old, new, key, pairs)
    if words is not None:
        _pair_by_words(old, new, words, alike, pairs)
    return pairs


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """Dice's coefficient of two bags of words: 1 for the same words, 0 for none in common."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0


def _unpaired(
    old: Mapping[int, T], new: Mapping[int, T], pairs: Mapping[int, int]
) -> tuple[dict[int, T], dict[int, T]]:
    taken = set(pairs.values())
    left = {index: element for index, element in old.items() if index not in pairs}
    return left, {index: element for index, element in new.items() if index not in taken}


def _pair_by_key(old: Mapping[int, T], new: Mapping[int, T], key: Key[T], pairs: dict[int, int]) -> None:
    left, right = _unpaired(old, new, pairs)
    waiting: dict[Hashable, list[int]] = {}
    for index, element in right.items():
        waiting.setdefault(key(element), []).append(index)
    for index, element in left.items():
        found = key(element)
        if found is not None and waiting.get(found):
            pairs[index] = waiting[found].pop(0)


def _pair_by_words(
    old: Mapping[int, T], new: Mapping[int, T], words: Callable[[T], str], alike: float, pairs: dict[int, int]
) -> None:
    left, right = _unpaired(old, new, pairs)
    if len(left) * len(right) > MOST_COMPARISONS:
        return
    bags = {index: _bag(words(element)) for index, element in left.items()}
    others = {index: _bag(words(element)) for index, element in right.items()}
    scores = ((likeness(bag, other), i, j) for i, bag in bags.items() for j, other in others.items())
    taken: set[int] = set()
    for _, i, j in sorted((one for one in scores if one[0] >= alike), key=lambda one: (-one[0], one[1], one[2])):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)


def _bag(text: str) -> Counter[str]:
    return Counter(WORD.findall(text.casefold()))
