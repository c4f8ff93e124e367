"""Two texts that began as one: both changes together where that is plain. Pure."""

from communitycalls.wording import Edit, edits, splitter


def merge(began: str, yours: str, theirs: str) -> str | None:
    """Both changes of `began` together; None where they touch each other."""
    if yours == theirs or theirs == began:
        return yours
    if yours == began:
        return theirs
    split = splitter(began, yours, theirs)
    base = split(began)
    mine, other = edits(base, split(yours)), edits(base, split(theirs))
    if any(touch(one, two) for one in mine for two in other):
        return None
    for start, end, put in sorted([*mine, *other], reverse=True):
        base[start:end] = put
    return "".join(base)


def touch(one: Edit, two: Edit) -> bool:
    """Whether two edits overlap or stand side by side."""
    return one[0] <= two[1] and two[0] <= one[1]
