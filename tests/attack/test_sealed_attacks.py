"""Every forgery of a sealed report is seen, by `verify` and by `audit`, and the finding says what was done."""

import dataclasses

import pytest

from editing import append_update
from forging import WHITE, Plain, Revision, Sealed, form, join_seal, seal_objects, sealed_again, stream
from pages import qpdf
from reports import report
from running import codes, error_code, issue, run, succeed, verify
from sealed_attacks import ANY, ATTACKS, LAWFUL, NO_FAILURE, NOTHING_SIGNED

STATUS = {NO_FAILURE: 0, NOTHING_SIGNED: 2}
REPORTS = {"classic": "injury", "xref-stream": "injury-xref-stream"}


@pytest.fixture(scope="module")
def sealed_reports(registry, tmp_path_factory):
    """Two sealed reports, issued once: of a file with a table, and of one with a cross-reference stream."""
    folder = tmp_path_factory.mktemp("sealed-reports")
    made = {}
    for kind, name in REPORTS.items():
        source, output = report(name), folder / f"{name}.pdf"
        issuer = registry.issuer_for(source, "p256")
        issue(source, issuer, registry.facts_file(source), output)
        assert verify(output, issuer.folder)["outcome"] == "authentic"
        made[kind] = Sealed(output.read_bytes(), source.stat().st_size), issuer
    return made


@dataclasses.dataclass
class Seen:
    outcome: str
    verify: set[str]
    status: int
    audit: set[str]


def look_at(path, issuer) -> Seen:
    verdict = verify(path, issuer.folder)
    ended = run("audit", path, "--json")
    assert ended.status in (0, 1, 2), ended.err
    return Seen(verdict["outcome"], codes(verdict, "fail"), ended.status, codes(ended.json, "fail"))


@pytest.fixture(scope="module")
def seen(sealed_reports, tmp_path_factory):
    """What the programs say of a forgery; each is made once."""
    folder = tmp_path_factory.mktemp("forgeries")
    known: dict[tuple, Seen] = {}

    def look(kind, attack) -> Seen:
        if (kind, attack.name) not in known:
            sealed, issuer = sealed_reports[kind]
            path = folder / f"{attack.name}-{kind}.pdf"
            path.write_bytes(attack.forge(sealed))
            known[kind, attack.name] = look_at(path, issuer)
            path.unlink()
        return known[kind, attack.name]

    return look


CASES = [pytest.param(kind, attack, id=f"{attack.rule}-{attack.name}-{kind}")
         for kind in REPORTS for attack in ATTACKS if kind == "classic" or not attack.classic_only]


def test_names_are_unique():
    names = [attack.name for attack in ATTACKS]
    assert len(names) == len(set(names)) >= 60


@pytest.mark.parametrize("kind, attack", CASES)
def test_forgery_is_never_authentic(seen, kind, attack):
    assert seen(kind, attack).outcome == "not_authentic"


@pytest.mark.parametrize("kind, attack", CASES)
def test_forgery_is_caught_by_the_audit(seen, kind, attack):
    found = seen(kind, attack)
    assert found.status == STATUS.get(attack.audit, 1), found


@pytest.mark.parametrize("kind, attack", CASES)
def test_forgery_is_told_as_what_it_is(seen, kind, attack):
    found = seen(kind, attack)
    if attack.audit not in STATUS:
        assert attack.audit in found.audit if attack.audit != ANY else found.audit
    assert attack.verify in found.verify if attack.verify != ANY else found.verify


@pytest.mark.parametrize("kind", REPORTS)
@pytest.mark.parametrize("name", LAWFUL)
def test_lawful_revision(sealed_reports, tmp_path, kind, name):
    sealed, issuer = sealed_reports[kind]
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(LAWFUL[name](sealed))
    assert copy.read_bytes().startswith(sealed.data)
    found = look_at(copy, issuer)
    assert found.status == 0, found
    # This version of ours adds nothing to a sealed report, so whatever was added is refused.
    assert found.outcome == "not_authentic" and found.verify == {"revision.later"}, found


def test_taken_apart_and_joined_it_is_the_same(sealed_reports):
    """The forger writes the seal revision as issuing does, so that what is caught is not his own mistake."""
    for sealed, _ in sealed_reports.values():
        assert join_seal(sealed, seal_objects(sealed)) == sealed.data


@pytest.mark.parametrize("kind", REPORTS)
def test_seal_of_another_report(sealed_reports, tmp_path, kind):
    """Of the same institution, made with the same key."""
    sealed, issuer = sealed_reports[kind]
    other, _ = sealed_reports[next(name for name in REPORTS if name != kind)]
    foreign = bytes.fromhex(other.data[slice(*other.contents)][1:-1].decode())
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(sealed_again(sealed, lambda digest: foreign))
    found = look_at(copy, issuer)
    assert found.outcome == "not_authentic" and found.status == 1
    assert "cms.digest-differs" in found.verify & found.audit


def test_seal_revision_of_another_report(sealed_reports, tmp_path):
    """One report's original, and behind it what issuing appended to another."""
    (sealed, issuer), (other, _) = sealed_reports.values()
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(sealed.data[: sealed.original_size] + other.data[other.original_size :])
    assert verify(copy, issuer.folder)["outcome"] != "authentic"
    assert run("audit", copy).status == 1


# Shadow attacks: whoever writes the report prepares it before it is issued, and switches afterwards.


def prepared(objects, trailer=lambda plain: b"") -> bytes:
    """The report with more objects, or others."""
    source = report(REPORTS["classic"]).read_bytes()
    plain = Plain(source)
    return append_update(source, objects(plain), b"/Info %d 0 R %s" % (plain.info, trailer(plain)))


def in_one_revision(data: bytes, folder) -> bytes:
    made, copy = folder / "prepared.pdf", folder / "flat.pdf"
    made.write_bytes(data)
    qpdf("--object-streams=disable", made, copy)
    return copy.read_bytes()


def with_form(plain: Plain, drawn: bool) -> dict[int, bytes]:
    """A page-sized form among the resources of the opinion's page: drawn over it in no colour, or not at all."""
    number = plain.size
    resources = b"<</Font %d 0 R/XObject<</Shade %d 0 R>>>>" % (plain.fonts, number)
    if not drawn:
        return {number: form(WHITE), plain.opinion: plain.dictionary(plain.opinion, Resources=resources)}
    content = b"[%d 0 R %d 0 R]" % (plain.content(plain.opinion), number + 1)
    return {number: form(b""), number + 1: stream(b"q /Shade Do Q"),
            plain.opinion: plain.dictionary(plain.opinion, Resources=resources, Contents=content)}


def with_field(plain: Plain) -> dict[int, bytes]:
    number = plain.size
    field = b"<</Type/Annot/Subtype/Widget/FT/Tx/T(grade)/V(10)/DA(/Helv 9 Tf 0 g)/F 4/Rect[70 300 520 780]/P %d 0 R>>"
    return {number: field % plain.opinion,
            plain.opinion: plain.dictionary(plain.opinion, Annots=b"[%d 0 R]" % number),
            plain.root: plain.dictionary(plain.root, AcroForm=b"<</Fields[%d 0 R]>>" % number)}


def with_layer(plain: Plain) -> dict[int, bytes]:
    group = plain.size
    layers = b"<</OCGs[%d 0 R]/D<</OFF[%d 0 R]/Order[%d 0 R]>>>>" % (group, group, group)
    resources = b"<</Font %d 0 R/Properties<</Layer %d 0 R>>>>" % (plain.fonts, group)
    content = b"[%d 0 R %d 0 R]" % (plain.content(plain.opinion), group + 1)
    return {group: b"<</Type/OCG/Name(other)>>", group + 1: stream(b"/OC /Layer BDC " + WHITE + b" EMC"),
            plain.opinion: plain.dictionary(plain.opinion, Resources=resources, Contents=content),
            plain.root: plain.dictionary(plain.root, OCProperties=layers)}


def other_content(plain: Plain) -> dict[int, bytes]:
    """The opinion's page once more: what stands in the file first is another content."""
    number = plain.content(plain.opinion)
    return {number: stream(plain.object(number).data + b"\n0 0 9 9 re f")}


def second_catalog(plain: Plain) -> dict[int, bytes]:
    number = plain.size
    return {number: b"<</Type/Catalog/Pages %d 0 R>>" % (number + 1),
            number + 1: b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % (number + 2),
            number + 2: b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 595 842]>>" % (number + 1)}


def missing_drawing(plain: Plain) -> dict[int, bytes]:
    """The page draws something that is missing, with a number that issuing will not give out."""
    number = plain.size
    resources = b"<</Font %d 0 R/XObject<</Late 9000 0 R>>>>" % plain.fonts
    content = b"[%d 0 R %d 0 R]" % (plain.content(plain.opinion), number)
    return {number: stream(b"q /Late Do Q"),
            plain.opinion: plain.dictionary(plain.opinion, Resources=resources, Contents=content)}


def shade(sealed: Sealed) -> int:
    return sealed.object(sealed.opinion)["/Resources"]["/XObject"].raw_get("/Shade").idnum


def drawn_now(sealed: Sealed) -> bytes:
    revision = Revision(sealed)
    content = revision.add(stream(b"/Shade Do"))
    return revision.change(sealed.opinion, Contents=b"%d 0 R" % content).write()


def filled_now(sealed: Sealed) -> bytes:
    (number,) = [one.idnum for one in sealed.object(sealed.form).raw_get("/Fields") if one.idnum != sealed.field]
    return Revision(sealed).change(number, V=b"(9)").write()


def earlier_content(sealed: Sealed) -> bytes:
    number = sealed.content(sealed.opinion)
    return Revision(sealed).row(number, sealed.data.index(b"\n%d 0 obj" % number) + 1).write()


def supplied(sealed: Sealed) -> bytes:
    revision = Revision(sealed).put(9000, form(WHITE))
    return revision.change(sealed.root, DSS=b"<</Certs[9000 0 R]>>").write()


# What is prepared, which rule of issuing refuses it (None: it is issued), how it is switched, and what that gives.
SHADOWS = {
    "hide-freed": (lambda plain: with_form(plain, True), None,
                   lambda sealed: Revision(sealed).free(shade(sealed)).write(), "audit.object-freed"),
    "hide-exchanged": (lambda plain: with_form(plain, True), None,
                       lambda sealed: Revision(sealed).put(shade(sealed), form(WHITE)).write(), "audit.image-changed"),
    "replace-field": (with_field, "form-over-content", filled_now, "audit.field-filled-forbidden"),
    "hide-and-replace-form": (lambda plain: with_form(plain, False), "undrawn-content", drawn_now,
                              "audit.contents-changed"),
    "layer": (with_layer, "hidden-content",
              lambda sealed: Revision(sealed).change(sealed.root, OCProperties=None).write(),
              "audit.optional-content-changed"),
}
# In more than one revision, so that what is hidden stays in the file.
SHADOWS_OF_REVISIONS = {
    "missing-drawing": (missing_drawing, "revisions", supplied, "audit.object-supplied"),
    "hide-and-replace-revision": (other_content, "revisions", earlier_content, "audit.contents-changed"),
    "hide-and-replace-catalog": (second_catalog, None,
                                 lambda sealed: Revision(sealed).set(Root=b"%d 0 R" % (sealed.root + 2)).write(),
                                 "audit.catalog-replaced"),
}


@pytest.mark.parametrize("name", [*SHADOWS, *SHADOWS_OF_REVISIONS])
def test_shadow(registry, tmp_path, name):
    objects, rule, switch, told = {**SHADOWS, **SHADOWS_OF_REVISIONS}[name]
    data = prepared(objects)
    if name in SHADOWS:
        data = in_one_revision(data, tmp_path)
    source, output, copy = tmp_path / "report.pdf", tmp_path / "sealed.pdf", tmp_path / "copy.pdf"
    source.write_bytes(data)
    issuer = registry.issuer_for(report(REPORTS["classic"]), "p256")
    arguments = ["issue", source, "--facts", registry.facts_file(report(REPORTS["classic"])), *issuer.arguments(), "-o",
                 output]
    if rule:
        assert error_code(run(*arguments)) == f"hygiene.{rule}"
        arguments += ["--allow", rule]
    succeed(*arguments)
    sealed = Sealed(output.read_bytes(), len(data))
    assert verify(output, issuer.folder)["outcome"] == "authentic"
    copy.write_bytes(switch(sealed))
    found = look_at(copy, issuer)
    assert found.outcome == "not_authentic" and found.status == 1
    assert told in found.audit & found.verify


REFUSED = {
    "javascript": lambda plain: {plain.root: plain.dictionary(plain.root, OpenAction=b"<</S/JavaScript/JS(x)>>")},
    "automatic-action": lambda plain: {plain.root: plain.dictionary(plain.root, OpenAction=b"<</S/Launch/F(a)>>")},
    "embedded-files": lambda plain: {
        plain.size: stream(b"x", b"/Type/EmbeddedFile"),
        plain.root: plain.dictionary(plain.root, Names=b"<</EmbeddedFiles<</Names[(a)<</Type/Filespec/F(a)/EF"
                                     b"<</F %d 0 R>>>>]>>>>" % plain.size)},
    "xfa": lambda plain: {plain.root: plain.dictionary(plain.root, AcroForm=b"<</Fields[]/XFA(x)>>")},
}


@pytest.mark.parametrize("rule", REFUSED)
def test_prepared_report_is_refused(registry, tmp_path, rule):
    source = tmp_path / "report.pdf"
    source.write_bytes(prepared(REFUSED[rule]))
    issuer = registry.issuer_for(report(REPORTS["classic"]), "p256")
    ended = run("issue", source, "--facts", registry.facts_file(report(REPORTS["classic"])), *issuer.arguments(), "-o",
                tmp_path / "sealed.pdf")
    assert error_code(ended) == f"hygiene.{rule}"
    assert not (tmp_path / "sealed.pdf").exists()
