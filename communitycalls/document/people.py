"""Who is named: what looks like a person's name, lists of names, and who acts in a sentence.

A name is up to four words, each with a capital (or of a script without capitals), or a handle like `@kai`. Words
that begin sentences, name channels, products and companies are no names; neither is anything with a digit in it.
"""

import re
from collections.abc import Collection, Iterable, Sequence

from communitycalls.document.dates import MONTHS, WEEKDAYS

HANDLE = re.compile(r"@[A-Za-z0-9](?:[A-Za-z0-9_./-]*[A-Za-z0-9_])?")
LINK = re.compile(r"!?\[([^\[\]]*)\](?:\([^()\s]*(?:\s\"[^\"]*\")?\))?")
LINKED = re.compile(r"\[([^\[\]]*)\]\([^()\s]*\)")
AND = re.compile(r"\s*,\s*(?:and|&|und|et)\s+|\s*[,;]\s*|\s+(?:and|&|\+|und|et)\s+|\s+/\s+|(?<=\w)/(?=\w)")
AFFILIATION = re.compile(r"\s*[(\[{]([^()\[\]{}]*)[)\]}]\s*$|\s*,\s+(.*)$|\s+[\u2013\u2014-]\s+(.*)$|\s+from\s+(.*)$")
LONGEST, LONGEST_LIST = 300, 5000  # characters of a name with what is said of it, of a list of names
INITIAL = re.compile(r"\w .*\b[A-Z]\.$")
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
# What labels and sentences begin with and is nobody: parts of minutes, systems, services, languages.
THINGS = frozenset(
    """
    aim android ansible apple arm artifacts background bare benchmarks blog board bottlerocket budget build builds
    calico ceph chat chrome chromium cilium cloudflare cluster code codecov comment comments committee conclusion
    conference consul containerd context contributors conversation coreos coverage dashboard dashboards database
    dates deadline deadlines dependabot deployments digitalocean discord django dns docs documentation elasticsearch
    election elections element envoy equinix etcd etherpad events facebook feedback firefox fluentd flux forum
    gatekeeper gitea github gitlab glibc goal goals golang governance grafana graphql hackmd harbor helm hetzner
    homebrew ignition images infra infrastructure ingress installation istio java javascript jenkins jira jitsi
    jupyter kafka kernel keycloak knative kubelet kyverno linkerd liqo location longhorn lunch machines mailing
    manifests marketing mastodon mattermost members membership meta metal metrics mirrors mongodb motion motions
    motivation mozilla mysql netlify nextcloud nginx node nomad notion objective openbsd openshift openssl openstack
    opentelemetry outcome outlook outreach package packages packaging patches performance pipeline pipelines
    pipewire platform platforms podman poll polls postgres postgresql problem problems prometheus provisioning
    proxmox purpose python quay quorum rancher rationale react redis registry renovate reviews roadmap rook runners
    rust security selinux sentry server servers service solution sponsors sponsorship storage summit survey systemd
    tails tekton terraform testing tests thanos tooling tools traefik translations trivy twitter upgrades upstream
    vagrant vault velero vercel volunteers vote votes vsphere wasm webassembly website wiki windows wordpress
    workshop xen zulip antwort aufgabe beschluss ergebnis frage hinweis thema
    """.split()
)
# Given names that are words as well: of people where a family name follows.
GIVEN = frozenset({"Jan", "Mark", "Pat"})
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
THING = re.compile(
    r"\b(?:[Tt]he|[Oo]n|[Ii]n|[Ii]nto|onto|inside|within|[Uu]sing|[Vv]ia|running)\s+[`\[*]{0,2}([A-Z][a-z]+)\b"
    r"|\b([A-Z][a-z]+)\s+v?\d+\.\d|`([A-Z][a-z]+)`"
)
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
    if len(text) > LONGEST:
        return False
    if HANDLE.fullmatch(text) or strip_marks(text).lower() in known:
        return bool(strip_marks(text))
    words = strip_marks(text).split()
    if not 1 <= len(words) <= 4 or words[0].lower() in PARTICLES - {"de", "van", "von", "el", "la", "al"}:
        return False
    if len(words) > 1 and words[0] in GIVEN:
        words = words[1:]
    longest = max(len(word.rstrip(".")) for word in words)
    return longest > 1 and all(_is_name_word(word, at) for at, word in enumerate(words)) and words[0][0].isalpha()


def is_speaker(text: str, known: Collection[str] = ()) -> bool:
    """Whether a text is a name where somebody's has to stand, as before what is said: `Jan: …` is no month there."""
    return is_name(text, known) or strip_marks(text) in GIVEN


def _is_name_word(word: str, at: int) -> bool:
    if word.lower() in PARTICLES:
        return True
    if word.rstrip(".").lower() in NO_NAMES or (at == 0 and word.lower() in THINGS):
        return False
    if len(word.rstrip(".")) == 1:
        return (at > 0 or word.endswith(".")) and word[0].isupper()
    return all(_is_name_part(part) for part in re.split(r"[-'\u2019.]", word.rstrip(".")) if part)


def _is_name_part(part: str) -> bool:
    if not all(letter.isalpha() or (not letter.isascii() and not letter.isspace()) for letter in part):
        return False
    rest = part.removeprefix("Mc").removeprefix("Mac")[1:] if part[:1].isupper() else part[1:]
    return not part[0].islower() and rest == rest.lower()


def split_names(text: str) -> list[str]:
    """The members of a list of names, as written but for links."""
    parts = [part.strip(" ") for part in AND.split(LINKED.sub(r"\1", text).strip())]
    return [part if INITIAL.search(part) else part.strip(" .") for part in parts if part.strip(" .")]


def names(text: str, known: Collection[str] = ()) -> tuple[str, ...]:
    """The names where the whole text is a list of names, else nothing."""
    found = [without_affiliation(part)[0] for part in split_names(text)] if len(text) <= LONGEST_LIST else []
    return unique(strip_marks(name) for name in found) if found and all(is_name(name, known) for name in found) else ()


def without_affiliation(text: str) -> tuple[str, str]:
    """A name and what is said of it in brackets or after a dash: `Thilo (Kinvolk)`."""
    if len(text) > LONGEST:
        return text.strip(), ""
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


def things_in(text: str) -> frozenset[str]:
    """Words with a capital that a text uses as one does of things and places, and seldom of people: `the Omaha server`,
    `on Nebraska`, `Locksmith 0.7`.
    """
    return frozenset(word for found in THING.findall(text) for word in found if word)


def unique(found: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found))
