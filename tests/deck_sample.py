"""A call of May 2021 told in our own words, with every kind of slide in it: what deck tests draw."""

import datetime as dt

from communitycalls.deck.setting import Contact, CriterionSum, DeckSetting, LevelCount, MatrixSummary
from communitycalls.document.values import (
    AgendaItem,
    Answer,
    Attendance,
    CallDocument,
    Link,
    MatrixChange,
    Question,
    Release,
)

WELCOME = """\
## A new home, the same project

> Azure users rely on this system every day. We will keep building it in the open, together with everybody who runs it.
>
> — [Brendan Burns, Microsoft](https://azure.example.org/blog)

> Nobody here wants to repeat an old story. More partners, more contributors and more users make the project last.
>
> — Chris Kühl, Kinvolk

---

## Why we meet

- Once a month, at the same hour
- Everybody is welcome: users, contributors, packagers, sponsors, and people who simply like trains
- The project belongs to its community, and these calls are where that shows
- There is a part for each of us
"""

MATRIX = """\
## Where does it run?

The [interop matrix](/interop/flatcar/) says which environments we support, how well, and who looks after them.

Adopt an environment, or add yours: one pull request is enough.
"""

RELEASES = """\
## What guides us

The system is:

- :container: made for containers, and small
- :lock: secure from the first boot, and kept up to date
- :fleet: built for whole fleets, and automated to the end

---

## Release cadence (in theory)

```cadence
Alpha:  M p M p M p M p M
Beta:   M . p . M . p . M
Stable: . . . . M . . . p
LTS:    . . . . . . M . p
```

- Alpha
  - New upstream packages, often
  - A major release every two weeks
  - Skipped when there is nothing new
- Beta
  - About every second Alpha comes here
  - Major monthly, patches fortnightly
- Stable
  - For production; every second Beta
  - Major every two months
  - Stable before punctual
- LTS
  - Once a year, with an LTS kernel
  - Eighteen months of support or more

---

layout: releases-current

---

layout: releases-upcoming
"""

CAPI = """\
## Cluster API [in one picture](https://cluster-api.example.org/concepts)

```diagram
down
[Management cluster] -> [Workload cluster A | Equinix Metal], [Workload cluster B | AWS], [Workload cluster C | vSphere]
```

Every provider needs an implementation of its own.

---

## Three ways to name an image

```yaml YAML
url: http://…/image.qcow2
```

```sh ENV
NODE_OS=$slug
```

```go Golang
amiLookUpImage()
```

There is no common way to say which system a node gets.

---

## Image Builder

```diagram
[Template | Packer; Ansible] -> [qcow2 | output], [AWS AMI | output], [vSphere OVA | output]
```

---

## An Ignition file

```yaml
variant: flatcar
version: 1.0.0
systemd:
  units:
    - name: web.service
      enabled: true   # starts at boot
      contents: |
        [Unit]
        After=network-online.target
        [Service]
        ExecStart=/usr/bin/docker run --rm -p 80:80 nginx
```

---

## Where we stand

- Components that all providers share: pull requests are open
- Image Builder
  - QEMU and AWS are merged
  - Other clouds follow
- Bootstrap provider for kubeadm
  - Ignition in place of cloud-init
  - <https://github.com/kubernetes-sigs/cluster-api/pull/4172>
- Ignition in the AWS provider
  - The infrastructure provider learns to pass it on
  - <https://github.com/kubernetes-sigs/cluster-api-provider-aws/pull/2271>
- Infrastructure providers, platform by platform
  - AWS comes first: away from what cloud-init assumes
  - Metal3 is merged upstream
  - vSphere has to move to Ignition
  - Azure and Tinkerbell have a first proof
  - Equinix Metal waits for somebody

---

## Providers compared

| Provider | Image | Ignition | Contact |
|:---------|:------|:--------:|--------:|
| AWS | merged | in review | Dongsu |
| Azure | in work | planned | open |
| Metal3 | merged | merged | upstream |
| vSphere | in work | planned | open |
| Equinix Metal | planned | planned | open |

---

## Two roads

### Today

- Images are built by hand
- Each cloud has its own scripts

### With Image Builder

- One template for all
- Every cloud gets what it needs
"""

ABOARD = """\
## Calls to action

- Tell others about the project
- Become a contributor: [github.com/kinvolk/Flatcar](https://github.com/kinvolk/Flatcar)
- Talk to us in chat or on the [mailing list](https://groups.example.org/flatcar)
- Come to the next community call
- Tell us what you need: how can we serve this community better, and what should a coming call be about?
"""

AGENDA = (
    AgendaItem(1, "Welcome and the team", "welcome", minutes=10, presenters=("Thilo Fromm",), slide_notes=WELCOME),
    AgendaItem(2, "Interoperability", "matrix", minutes=10, presenters=("Marga Manterola",), slide_notes=MATRIX),
    AgendaItem(3, "Upcoming releases", "releases", minutes=15, presenters=("Sayan Chowdhury",), slide_notes=RELEASES),
    AgendaItem(4, "Cluster API and Flatcar", "spotlight", minutes=15, presenters=("Dongsu Park",), slide_notes=CAPI),
    AgendaItem(5, "Jump aboard!", "other", minutes=5, presenters=("Andy Randall",), slide_notes=ABOARD),
    AgendaItem(6, "Questions and discussion", "qa", minutes=5),
)

APRIL, MAY = dt.date(2021, 4, 28), dt.date(2021, 5, 19)
RELEASED = (
    Release(
        1,
        "Alpha",
        "2857.0.0",
        APRIL,
        "current",
        "major",
        "- New curl, gnutls, git, sqlite and Go\n- Kernel and systemd patches\n- `rkt` and `kubelet-wrapper` go away",
    ),
    Release(2, "Beta", "2823.1.0", APRIL, "current", "major", "- All of 2823.0.0\n- Kernel and systemd patches"),
    Release(3, "Stable", "2765.2.3", APRIL, "current", "minor", "- Kernel patches and fixes"),
    Release(4, "LTS 2021", "2605.15.1", APRIL, "current", None, "- Kernel patches and fixes"),
    Release(
        5,
        "Alpha",
        "2879.0.0",
        MAY,
        "upcoming",
        "major",
        "- New dbus, binutils and Rust\n- NVIDIA drivers\n- Kernel patches",
    ),
    Release(6, "Beta", "2823.1.1", MAY, "upcoming", "minor", "- Kernel patches"),
    Release(7, "Stable", "2765.2.4", MAY, "upcoming", "minor", "- Kernel and systemd patches"),
    Release(8, "LTS 2021", "2605.16.1", MAY, "upcoming", None, "- Kernel and systemd patches"),
)

QUESTIONS = (
    Question(
        1,
        "Bare metal is hardly in the matrix. Is that on purpose, and may we add *our* machines?",
        "Jannik",
        "answered",
        (
            Answer("Thilo", "It is Linux: what boots by PXE should run."),
            Answer("Marga", "The matrix says nothing of hardware yet. That the Raspberry Pi boots is known to few."),
            Answer("Andy", "A list of hardware kept by the people who run it would be a good start."),
        ),
    ),
    Question(
        2,
        "What is missing before ARM64 comes to Beta and Stable?",
        None,
        "follow-up",
        (Answer("Kai", "Tests of some components fail still."),),
    ),
)

CHANGES = (
    MatrixChange(
        1,
        "flatcar",
        "equinix-metal",
        "Equinix Metal",
        "rated",
        "support-level",
        "L2",
        "L1",
        note="Tested for every release.",
    ),
    MatrixChange(2, "flatcar", "vmware", "VMware", "owner", "owner", "", "@kinvolk/flatcar-maintainers"),
    MatrixChange(
        3, "flatcar", "digitalocean", "DigitalOcean", "rated", "support-level", "L3 ?", "L3", kind="correction"
    ),
    MatrixChange(4, "flatcar", "raspberry-pi-4", "Raspberry Pi 4", "added", "", "", ""),
)


def sample_call() -> CallDocument:
    return CallDocument(
        series="community-call",
        date=dt.date(2021, 5, 11),
        title="Flatcar Container Linux community call",
        start=dt.datetime(2021, 5, 11, 15, 30, tzinfo=dt.UTC),
        timezone="Europe/Berlin",
        status="final",
        agenda=AGENDA,
        releases=RELEASED,
        questions=QUESTIONS,
        matrix_changes=CHANGES,
        links=(Link("recording", "youtu.be/YBfq2fcjp8E", "https://youtu.be/YBfq2fcjp8E"),),
        attendance=(
            Attendance("Thilo Fromm", "host"),
            Attendance("Kai Lüke", "minute taker"),
            Attendance("Mathieu Tortuyaux", "speaker"),
        ),
    )


def sample_setting() -> DeckSetting:
    site = "https://calls.example.org"
    levels = (
        LevelCount("L1 fully supported", 4, "full"),
        LevelCount("L2 works", 7, "works"),
        LevelCount("L3 by the community", 9, "partial"),
        LevelCount("Not stated", 3, "blank"),
    )
    return DeckSetting(
        community="Flatcar",
        series="Community call",
        site_url=site,
        call_url=f"{site}/calls/community-call/2021-05-11/",
        zones=("UTC", "America/New_York", "Asia/Kolkata"),
        contacts=(
            Contact("GitHub", "kinvolk/flatcar", "https://github.com/kinvolk/flatcar"),
            Contact("Twitter", "flatcar_linux", "https://twitter.com/flatcar_linux"),
            Contact("Email", "hello@flatcar.example.org", "mailto:hello@flatcar.example.org"),
        ),
        matrix=MatrixSummary(
            "Interop matrix",
            f"{site}/interop/flatcar/",
            "11 May 2021",
            (CriterionSum("Support level", levels),),
            23,
            ("Digital Ocean", "Hetzner", "OpenStack", "Raspberry Pi 4", "Tinkerbell"),
        ),
        releases_url="https://www.flatcar-linux.org/releases/",
        next_call="8 June 2021, 17:30 CEST",
    )
