"""Who is named: what looks like a person's name, lists of names, and who acts in a sentence.

A name is up to four words, each with a capital (or of a script without capitals), or a handle like `@kai`. Words
that begin sentences, name channels, products and companies are no names; neither is anything with a digit in it.
"""

import re
from collections.abc import Collection, Iterable, Sequence

from communitycalls.document.dates import MONTHS, WEEKDAYS

HANDLE = re.compile(r"@[A-Za-z0-9](?:[A-Za-z0-9_./-]*[A-Za-z0-9_])?")
LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()\s]*(?:\s\"[^\"]*\")?\))?")
AND = re.compile(r"\s*,\s*(?:and|&|und|et)\s+|\s*[,;]\s*|\s+(?:and|&|\+|und|et)\s+|\s+/\s+|(?<=\w)/(?=\w)")
AFFILIATION = re.compile(r"\s*[(\[{]([^()\[\]{}]*)[)\]}]\s*$|\s*,\s+(.*)$|\s+[\u2013\u2014-]\s+(.*)$|\s+from\s+(.*)$")
PARTICLES = frozenset("af al bin da de del della den der di du el la le van vom von y zu".split())
NO_NAMES = (
    frozenset(MONTHS)
    | frozenset(WEEKDAYS)
    | frozenset(
        """
    a about above action actions after agenda all alpha also amazon an and another answer answers any anyone
    at attendees aws azure background because before beta both brief but by call calls can canary channel
    community current debian decision decisions deep demo demos details discussed discussion docker does due
    each edge edit everybody everyone example fedora feedback few finally first fixed followup for
    from future general github google had has have he help here high highlights host how however i if
    important in info intro introduction introductions intros is issue issues it its kubernetes last later
    latest let lets link links linux long lts maintainers many matrix maybe meet meeting microsoft minutes
    more most much my name new news next nightly no nobody none not note notes nothing now of ok on one open
    or other our overview part participants people phase plan planned plans please present presentation
    previous proposal proposed ps q question questions quick recap recording recordings regarding release
    releases reminder reply report request result results review same section see session several she short
    side slack slide slides so some somebody someone spotlight stable stage standing status step still stream
    summary support switch talk team thank thanks that the their then there these they third this those three
    tip to today todo tomorrow topic topics two ubuntu under upcoming update updates us users version versions
    via video warning was we welcome were what when where whether which while who why will with work working
    would yes yesterday yet you your youtube zoom
    """.split()
    )
)
# What people do in a call, and seldom things.
VERBS = frozenset(
    """
    acknowledge address advise agree announce apologise apologize argue ask assure believe brainstorm
    celebrate chair chime clarify close compare conclude confirm congratulate coordinate demonstrate describe
    disagree discuss dive elaborate emphasise emphasize encourage enquire explain explore express facilitate
    finalise finalize follow gather give greet guide highlight hop hope illustrate inform inquire interject
    introduce investigate invite join kick know lead look mention moderate motivate notice observe offer opine
    outline participate ping present preview promise propose provide raise recap recommend recount refer
    reflect relate relay remember remind repeat reply respond say share show speak speculate stress suggest
    sum summarise summarize tackle teach tell thank think understand urge voice volunteer walk want warn
    welcome wonder
    """.split()
)
# The same words name things as well ("Kernel questions"): these are done only to, on or about something.
NOUNS_TOO = frozenset(
    """
    answer brief comment cover demo detail flag host list note pitch plan point question remark report request
    review sketch talk touch vote
    """.split()
)
OBJECTS = frozenset(
    """
    a about again an at back everybody everyone her his how into it its itself new off on our out over
    questions some that the their them this through to up us what where whether which why
    """.split()
)
IRREGULAR = frozenset("gave led made said saw spoke shown taught thought told took wrote".split())
# What things do as well: with these a word nobody knows is no person.
OF_THINGS = frozenset(
    """
    adds allows becomes boots breaks brings builds changes comes contains depends enables ends exists fails
    fixes gets goes has improves includes is keeps lacks lands makes means moves needs now offers remains
    removes replaces requires runs ships starts stays supports this updates uses was works
    """.split()
)
ADVERBS = frozenset(
    """
    again all also and both briefly each finally first further jointly just kindly later next now once quickly
    shortly then together too
    """.split()
)
INTRODUCTIONS = re.compile(
    r"(?:round of |team |brief |quick )*(?:intro|introduction|introduction round|introduction of (?:new )?\w+)s?",
    re.IGNORECASE,
)
OPENING = re.compile(r"^(?:next|then|finally|first|afterwards|lastly|after that|to begin with)\b,?\s+", re.IGNORECASE)
BY = re.compile(
    r"\b(?:presented|given|led|shown|hosted|moderated|introduced|demoed|demonstrated|demo|talk|presentation|"
    r"introduction|introductions|update|overview|report|walkthrough|summary|intro) by ([^.:;()]+)",
    re.IGNORECASE,
)


def strip_marks(text: str) -> str:
    """A name without emphasis, code marks, links and the `@` of a handle."""
    text = LINK.sub(r"\1", text).strip().strip("*_`~ ").strip()
    return text[1:] if HANDLE.fullmatch(text) else text


def is_name(text: str, known: Collection[str] = ()) -> bool:
    """Whether a text is a person's name. `known`: names that are known to be people's, in lower case."""
    text = text.strip()
    if HANDLE.fullmatch(text) or strip_marks(text).lower() in known:
        return bool(strip_marks(text))
    words = strip_marks(text).split()
    if not 1 <= len(words) <= 4 or words[0].lower() in PARTICLES - {"de", "van", "von", "el", "la", "al"}:
        return False
    return all(_is_name_word(word, at) for at, word in enumerate(words)) and any(word[0].isalpha() for word in words)


def _is_name_word(word: str, at: int) -> bool:
    if word.lower() in PARTICLES:
        return True
    if word.rstrip(".").lower() in NO_NAMES:
        return False
    if len(word.rstrip(".")) == 1:
        return at > 0 and word[0].isupper()
    return all(_is_name_part(part) for part in re.split(r"[-'\u2019.]", word.rstrip(".")) if part)


def _is_name_part(part: str) -> bool:
    if not all(letter.isalpha() or (not letter.isascii() and not letter.isspace()) for letter in part):
        return False
    rest = part.removeprefix("Mc").removeprefix("Mac")[1:] if part[:1].isupper() else part[1:]
    return not part[0].islower() and rest == rest.lower()


def split_names(text: str) -> list[str]:
    """The members of a list of names, as written."""
    return [part.strip(" .") for part in AND.split(text.strip()) if part.strip(" .")]


def names(text: str, known: Collection[str] = ()) -> tuple[str, ...]:
    """The names where the whole text is a list of names, else nothing."""
    found = [without_affiliation(part)[0] for part in split_names(text)]
    return unique(strip_marks(name) for name in found) if found and all(is_name(name, known) for name in found) else ()


def without_affiliation(text: str) -> tuple[str, str]:
    """A name and what is said of it in brackets or after a dash: `Thilo (Kinvolk)`."""
    found = AFFILIATION.search(text)
    if not found or not text[: found.start()].strip():
        return text.strip(), ""
    return text[: found.start()].strip(), next((group for group in found.groups() if group), "").strip()


def actors(
    sentence: str, known: Collection[str] = (), strangers: Collection[str] = (), topics: Collection[str] = ()
) -> tuple[str, ...]:
    """Who acts in a sentence: the names before its verb, or those after "presented by".

    `known` are people's names in lower case, `strangers` words that name none (the project's name), `topics` words
    that name nobody unless what is done is what people do.
    """
    words = OPENING.sub("", LINK.sub(r"\1", sentence).replace("*", "").replace("`", "").strip()).split()
    end, at = _verb(words)
    found = [name for name in _subject(" ".join(words[:end]), known) if name not in strangers]
    if found and all(name.lower() in known or _may_act(name, words, at, topics) for name in found):
        return unique(found)
    by = BY.search(" ".join(words))
    return tuple(name for name in names(by[1], known) if name not in strangers) if by else ()


def _may_act(name: str, words: Sequence[str], at: int, topics: Collection[str]) -> bool:
    """Whether an unknown name is a person's, by what is done: `Vincent ports the spec`, not `Kernel upgrades for`."""
    verb = words[at].strip(",().:;")
    if _is_one_of(verb, VERBS) or verb in IRREGULAR:
        return True
    follows = words[at + 1].strip(",.;:\"'\u201c") if at + 1 < len(words) else ""
    is_proper = follows[:1].isupper()
    third_person = verb.endswith("s") and not verb.endswith("ss") and verb not in OF_THINGS
    is_said = _is_one_of(verb, NOUNS_TOO) or (third_person and not any(word in topics for word in name.split()))
    return is_said and (follows in OBJECTS or is_proper) and len(name.split()) <= 3


def _verb(words: Sequence[str]) -> tuple[int, int]:
    """Where the subject of a sentence ends, and where its verb is; (0, 0) where it does not begin with names."""
    for at, word in enumerate(words[:60]):
        bare = word.strip(",().:;")
        may_be = bare.islower() and not _is_adverb(word)
        if may_be and (_is_speech(bare) or (at <= 6 and _is_plain_verb(word))):
            end = at
            while end > 0 and _is_adverb(words[end - 1]):
                end -= 1
            return end, at
    return 0, 0


def _is_plain_verb(word: str) -> bool:
    return word.isalpha() and not _joins(word) and word not in ADVERBS


def _is_speech(word: str) -> bool:
    return word in IRREGULAR or _is_one_of(word, VERBS) or _is_one_of(word, NOUNS_TOO)


def _is_one_of(word: str, verbs: Collection[str]) -> bool:
    """Whether a word is a form of one of the verbs."""
    stems = {word, word[:-1], word[:-2], word[:-3] + "y", word[:-3], word.removesuffix("ing") + "e"}
    return not stems.isdisjoint(verbs)


def _is_adverb(word: str) -> bool:
    bare = word.strip(",").lower()
    return word.islower() and (bare in ADVERBS - {"and"} or (bare.endswith("ly") and len(bare) > 4))


def _joins(word: str) -> bool:
    return word in {"and", "the", "of", "from", "team"} or word in PARTICLES or _is_adverb(word)


def _subject(subject: str, known: Collection[str]) -> list[str]:
    """The names in a sentence's subject: `The team, Thilo, Sayan, and Kai`."""
    subject = re.sub(r"\([^()]*\)", "", subject).strip(" ,")
    found = []
    for part in split_names(subject):
        name = strip_marks(part)
        if is_name(name, known):
            found.append(name)
        elif not _is_group(part):
            return []
    return found


def _is_group(part: str) -> bool:
    """Whether a member of a subject is a group, which the names beside it make up."""
    words = part.lower().split()
    return bool(words) and (
        words[0] in {"the", "our", "all", "new"} or words[-1] in {"team", "maintainers", "participants"}
    )


def unique(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))
