"""Every odd cell of the corpus, and what it becomes."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from interop.board import issue_words, sums_of
from interop.difference import difference_of
from interop.document import DocumentError
from interop.document import values as v
from interop.document.page import read_page
from interop.document.reader import read
from interop.document.source import decode
from interop.document.values import Rating, Tone
from interop.document.writer import write
from interop.lint import lint
from interop.markdown import render, render_inline
from interop.models import Change
from tests.corpus import CORPUS, needs_corpus

pytestmark = needs_corpus

FOLDER = CORPUS / "flatcar" / "interop-matrix"
NO_OWNER = "[no owner]"


def version(number: int) -> v.Matrix:
    return read(sorted(FOLDER.glob("*.md"))[number - 1].read_text())[0]


def seed(number: str) -> v.Matrix:
    return read(decode(next((CORPUS / "seeds").glob(f"{number}_*.txt")).read_bytes())[0])[0]


def row(matrix: v.Matrix, name: str) -> v.Environment:
    return next(one for _, one in matrix.environments() if one.name == name)


def tones(matrix: v.Matrix, criterion: int = 0) -> dict[str, Tone]:
    return {level.code: level.tone for level in matrix.criteria[criterion].levels}


def findings(matrix: v.Matrix, rule: str) -> list[str]:
    former = [level.code for level in version(1).criteria[0].levels]
    return [one.environment for one in lint(matrix, former=former) if one.rule == rule]


@pytest.mark.parametrize(
    ("name", "written", "ratings"),
    [
        ("Oracle Cloud", "L3 / L4", (Rating("L3"), Rating("L4"))),
        ("OpenStack", "L3 ?", (Rating("L3", uncertain=True),)),
        ("Tanzu KG", "L3 ?", (Rating("L3", uncertain=True),)),
        ("Yandex", "?", (Rating("?"),)),
        ("Rancher (rke2)", "?", (Rating("?"),)),
        ("Tencent", "x", (Rating("x"),)),
        ("COSI", "x", (Rating("x"),)),
        ("EC2", "L2", (Rating("L2"),)),
        ("EKS", "L2", (Rating("L2"),)),
    ],
)
def test_a_cell_of_levels_is_kept_and_understood(name: str, written: str, ratings: tuple[Rating, ...]) -> None:
    cell = row(version(1), name).cell("support-level")
    assert (cell.written, cell.ratings) == (written, ratings)


def test_a_cell_too_many_is_kept_shown_and_named() -> None:
    oracle = row(version(1), "Oracle Cloud")
    assert oracle.overflow == ("install via Ubuntu on OCI bare metal",)
    assert oracle.notes == "Bring-your-own-image on OCI VMs"
    assert findings(version(1), "cell too many") == ["oracle-cloud"]
    assert "| install via Ubuntu on OCI bare metal |" in write(version(1))


def test_undeclared_levels_are_levels_without_a_meaning() -> None:
    assert [(code, tone) for code, tone in tones(version(1)).items()][4:] == [("x", Tone.NONE), ("?", Tone.UNKNOWN)]
    assert len(findings(version(1), "level without meaning")) == 2
    meanings = [level.meaning for level in version(1).criteria[0].levels]
    assert meanings[2:] == ["supported  but no regular tests", "supported with documented caveats", "", ""]


def test_the_same_letter_is_a_no_in_one_scheme_and_a_yes_in_the_other() -> None:
    assert tones(version(1))["x"] is Tone.NONE
    assert [tones(version(4), place) for place in range(3)] == [
        {"X": Tone.FULL, "Partial": Tone.PARTIAL},
        {"X": Tone.WORKS, "w/ caveat": Tone.CAVEAT},
        {"X": Tone.WORKS},
    ]
    assert row(version(4), "CAPB").cell("tested-ci").ratings == (Rating("X", words="(upstream)"),)
    assert row(version(4), "CAPZ").cell("works").ratings == (Rating("w/ caveat"),)


def test_no_owner_is_nobody_in_its_column_and_words_in_another() -> None:
    first = [one for _, one in version(1).environments()]
    assert sum(one.owner_written == NO_OWNER and not one.owners for one in first) == 27
    assert render_inline(NO_OWNER) == NO_OWNER
    for name in ("CAPV", "CAPM3", "CAPG"):
        one = row(version(2), name)
        assert one.cell("works").ratings == (Rating(None, words=NO_OWNER),)
        assert (one.missing, one.owners, one.owner_written) == (1, (), "")
    assert findings(version(2), "cell too few") == ["capv", "capm3", "capg"]
    assert findings(version(1), "tested without owner") == ["eks"]


def test_owners_are_named_as_written() -> None:
    names = {"GiantSwarm": "Provider", "CAPB": "Upstream", "CAPA": "Upstream", "KOPS": "upstream"}
    assert {name: ", ".join(row(version(2), name).owners) for name in names} == names
    assert row(version(1), "Lokomotive").owners == ("@kinvolk/lokomotive-developers",)


def test_another_handle_of_the_same_team_is_no_adoption() -> None:
    difference = difference_of("flatcar", version(5), version(6))
    assert len(difference.fates) == 8
    assert difference.counts == ()


def test_notes_stay_as_they_are() -> None:
    notes = {one.name: one.notes for _, one in version(1).environments()}
    assert "run-command);  IAM 2.0" in notes["EC2"]
    assert notes["Azure"].endswith("; needs tracking issue")
    assert notes["Vagrant"] == "Isn't this plain qemu/kvm?"
    assert f'href="{notes["OpenStack"]}"' in render(notes["OpenStack"])
    assert [row(version(n), "CAPA").notes.split()[2] for n in (1, 2)] == ["CAPI", "CAPA"]
    assert (row(version(1), "EC2").references[0].label, row(version(4), "EC2").references[0].label) == ("#107", "#107")


def test_names_are_trimmed_and_never_split() -> None:
    names = [one.name for _, one in version(1).environments()]
    for name in ("Vultr VPS", "COSI", "ESXi / vSphere", "QEmu / KVM backed", "Kubematic", "Azure", "Azure Stack"):
        assert names.count(name) == 1
    assert [name for name in names if name.startswith(("Rancher", "CAPA"))] == [
        "Rancher (VMs)",
        "CAPA",
        "CAPA EKS",
        "Rancher (rke)",
        "Rancher (rke2)",
    ]
    assert len(names) == len({one.slug for _, one in version(1).environments()}) == 40


def test_an_empty_row_is_a_placeholder_and_what_is_appended_comes_last() -> None:
    other = version(3).sections[-1]
    assert (other.name, other.placeholders, other.environments) == ("Other", 1, ())
    assert version(7).sections[0].environments[-1].name == "Brightbox"


def test_a_text_that_names_a_level_of_old_is_found() -> None:
    assert findings(version(1), "level of old") == []
    assert findings(version(2), "level of old") == [""]


def test_a_level_that_nobody_uses_yet_is_read() -> None:
    text = write(version(7)).replace("w/ caveat", "Deprecated")
    assert "Deprecated" in tones(read(text)[0], 1)


def test_double_encoding_is_undone_where_the_whole_file_allows_it() -> None:
    data = next((CORPUS / "seeds").glob("004_*.txt")).read_bytes()
    text, remarks = decode(data)
    assert len(remarks) == 1
    assert text.encode("utf-8").decode("utf-8").encode() != data
    assert decode(text.encode()) == (text, ())
    liqo = seed("004")
    assert tones(liqo) == {"✅": Tone.FULL, "🟢": Tone.WORKS, "🔵": Tone.PARTIAL}
    with pytest.raises(DocumentError, match="0xE2"):
        decode(b"# \xe2")


def test_codes_no_issues_and_prose_are_three_things() -> None:
    liqo = seed("004")
    assert row(liqo, "K3s").issues == ("RemoteExec",)
    assert row(liqo, "Kubeadm (Cilium with kube-proxy replacement)").issues == (
        "NodePortExposition",
        "LoadBalancerExposition",
    )
    assert (row(liqo, "EKS").issues != (), row(liqo, "K0s").issues, row(liqo, "OpenShift").issues) == (True, (), ())
    assert issue_words(row(liqo, "K0s")) != issue_words(row(liqo, "OpenShift")) != ""
    assert {issue.code for issue in liqo.known_issues} == {
        code for _, one in liqo.environments() for code in one.issues
    }


def test_a_row_for_anything_else_is_named_plainly_and_not_counted() -> None:
    liqo = seed("004")
    assert [one.name for _, one in liqo.environments() if one.catch_all] == ["Your K8s Distribution"]
    assert row(liqo, "Your K8s Distribution").name_written == "*Your K8s Distribution*"
    assert row(liqo, "AKS (Azure CNI (Legacy))").slug == "aks-azure-cni-legacy"
    assert not liqo.names_owners
    assert [sum(share.count for share in one.shares) for one in sums_of(liqo)] == [13]


def test_links_of_another_site_generator_are_kept() -> None:
    texts = " ".join(one.issues_written for _, one in seed("004").environments()) + seed("004").introduction
    assert "](" in texts
    assert "](" in write(seed("004"))


def test_a_page_gives_its_variants_advisories_and_images() -> None:
    text = next((CORPUS / "seeds").glob("003_*.txt")).read_text()
    page, _ = read_page(text)
    assert [(one.name, one.recommended) for one in page.variants] == [("flatcar-sysext", True), ("flatcar", False)]
    listings = [listing for one in page.variants for listing in one.listings]
    assert [(len(one.columns), len(one.rows), one.elided) for one in listings] == [
        (6, 3, True),
        (6, 3, False),
        (5, 1, False),
    ]
    assert listings[2].rows[0][3] == "2022-12-09T18:05:58.830464+00:00"
    assert [(one.kind, one.title) for one in page.advisories] == [("warning", "Security")]
    code = "${KUBERNETES_VERSION%.*}"
    assert code in page.variants[0].description
    shown = render(page.variants[0].description)
    assert f"{code}.conf</code>" in shown
    assert "](./custom-images.md#" in page.advisories[0].body
    assert "<h1>" not in render("<aside><h1> Security </h1></aside>")


@pytest.mark.django_db
def test_what_became_blank_and_what_a_reference_was_stays_in_the_history(client: Client) -> None:
    call_command("import_matrix", str(FOLDER), matrix="flatcar", message="EOF\n)", stdout=StringIO())

    def told(slug: str, what: str) -> list[Any]:
        rows = Change.objects.filter(environment__slug=slug, what=what).order_by("revision__number")
        return list(rows.values_list("revision__number", "old", "new"))

    assert told("yandex", "rated") == [(2, "?", "")]
    assert told("tencent", "rated") == [(2, "x", "")]
    assert [(number, new) for number, _, new in told("ec2", "reference")] == [
        (4, "[#107](https://github.com/kinvolk/Flatcar/issues/107)"),
        (6, "[#107](https://github.com/flatcar/Flatcar/issues/107)"),
        (7, ""),
    ]
    assert [(number, bool(new)) for number, _, new in told("ec2", "note")] == [(7, True)]
    assert "EOF\n)" in client.get("/interop/flatcar/changes/").content.decode()
    for name in ("Upstream", "upstream"):
        found = client.get(f"/interop/flatcar/?owner={name}").content.decode()
        assert all(f'/interop/flatcar/{slug}/"' in found for slug in ("kops", "capb")), name
    at_first = client.get("/interop/flatcar/?revision=1").content.decode()
    assert "install via Ubuntu on OCI bare metal" in at_first
