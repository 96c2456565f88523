"""U1: default deny. What a page shows, and what is behind it."""

import re
from collections.abc import Callable

from forging import WHITE, Revision, Sealed, dictionary, form, pdf, stream
from .table import LATER, attack, attacks


def changing(what: Callable[[Sealed], int], **changes: bytes | None) -> Callable[[Sealed], bytes]:
    return lambda sealed: Revision(sealed).change(what(sealed), **changes).write()


def opinion(sealed):
    return sealed.opinion


def stamped(sealed):
    return sealed.stamped


def catalog(sealed):
    return sealed.root


def other_content(sealed):
    revision = Revision(sealed)
    content = revision.add(stream(WHITE))
    return revision.change(sealed.opinion, Contents=b"%d 0 R" % content).write()


def content_in_place(sealed):
    number = sealed.content(sealed.opinion)
    return Revision(sealed).put(number, stream(sealed.object(number).data + b"\n" + WHITE)).write()


def content_added(sealed):
    revision = Revision(sealed)
    content = revision.add(stream(WHITE))
    both = b"[%d 0 R %d 0 R]" % (sealed.content(sealed.opinion), content)
    return revision.change(sealed.opinion, Contents=both).write()


attacks("U1", "audit.contents-changed", {"content-exchanged": other_content, "content-in-place": content_in_place,
                                         "content-added-over-it": content_added})


@attack("U1", "audit.contents-changed")
def digit_of_the_opinion(sealed):
    """Another grade in the opinion: one glyph for another, as the forgers of 2022 did by editor."""
    number = sealed.content(sealed.opinion)
    content = sealed.object(number).data
    glyphs = list(re.finditer(rb"<([0-9A-F]{2})([0-9A-F]{2})", content))
    at = glyphs[len(glyphs) // 2]
    return Revision(sealed).put(number, stream(content[: at.start(1)] + at[2] + content[at.end(1) :])).write()


@attack("U1", "audit.resources-changed")
def resources_exchanged(sealed):
    revision = Revision(sealed)
    fonts = revision.add(b"<</Font<<>>>>")
    return revision.change(sealed.opinion, Resources=b"%d 0 R" % fonts).write()


@attack("U1", "audit.font-changed")
def fonts_exchanged(sealed):
    """The same codes, drawn by another font: F1 and F2 change places."""
    entries = {key[1:]: pdf(sealed.object(sealed.fonts).raw_get(key)) for key in sealed.object(sealed.fonts)}
    names = sorted(entries)
    entries[names[0]], entries[names[1]] = entries[names[1]], entries[names[0]]
    return Revision(sealed).put(sealed.fonts, dictionary(entries)).write()


@attack("U1", "audit.font-changed")
def font_program_exchanged(sealed):
    font = sealed.object(sealed.fonts)
    number = font.raw_get(sorted(font)[0]).idnum
    return Revision(sealed).change(number, ToUnicode=None, BaseFont=b"/Other").write()


@attack("U1", "audit.appearance-changed")
def our_stamp_drawn_otherwise(sealed):
    """Our stamp's drawing: white."""
    return Revision(sealed).put(sealed.appearance, form(WHITE)).write()


@attack("U1", "audit.font-changed")
def font_of_our_stamp(sealed):
    resources = sealed.object(sealed.appearance)["/Resources"]["/Font"]
    number = resources.raw_get(sorted(resources)[0]).idnum
    return Revision(sealed).change(number, BaseFont=b"/Other").write()


def kids(sealed, pages) -> bytes:
    revision = Revision(sealed)
    content = revision.add(stream(WHITE))
    page = revision.add(b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 595 842]/Contents %d 0 R>>" % (
        sealed.page_tree, content))
    listed = [page if number is None else number for number in pages(list(sealed.pages))]
    kids_text = b"[" + b" ".join(b"%d 0 R" % number for number in listed) + b"]"
    return revision.change(sealed.page_tree, Kids=kids_text, Count=b"%d" % len(listed)).write()


attacks("U1", "audit.page-tree-changed", {
    "page-added": lambda sealed: kids(sealed, lambda pages: [*pages, None]),
    "page-removed": lambda sealed: kids(sealed, lambda pages: [*pages[:11], *pages[12:]]),
    "page-exchanged": lambda sealed: kids(sealed, lambda pages: [*pages[:11], None, *pages[12:]]),
    "pages-swapped": lambda sealed: kids(sealed, lambda pages: [*pages[:10], pages[11], pages[10], *pages[12:]]),
    "page-twice": lambda sealed: kids(sealed, lambda pages: [*pages[:11], pages[10], *pages[12:]]),
})
attacks("U1", "audit.page-tree-changed", {
    "inherited-size-of-pages": changing(lambda sealed: sealed.page_tree, MediaBox=b"[0 0 1 1]"),
})
attacks("U1", "audit.page-changed", {
    "media-box": changing(opinion, MediaBox=b"[0 0 1 1]"),
    "crop-box": changing(opinion, CropBox=b"[0 0 595 300]"),
    "rotation": changing(opinion, Rotate=b"180"),
    "user-unit": changing(opinion, UserUnit=b"10"),
    "transparency-group": changing(opinion, Group=b"<</S/Transparency/CS/DeviceCMYK>>"),
})
attacks("U1", "audit.action-changed", {
    "open-action-script": changing(catalog, OpenAction=b"<</S/JavaScript/JS(app.alert\\(1\\))>>"),
    "open-action-launch": changing(catalog, OpenAction=b"<</S/Launch/F(evil.exe)>>"),
    "open-action-address": changing(catalog, OpenAction=b"<</S/URI/URI(http://evil.example)>>"),
    "open-action-hides-our-stamp": lambda sealed: Revision(sealed).change(
        sealed.root, OpenAction=b"<</S/Hide/T %d 0 R>>" % sealed.stamp).write(),
    "actions-of-the-document": changing(catalog, AA=b"<</WP<</S/JavaScript/JS(x)>>>>"),
    "actions-of-a-page": changing(opinion, AA=b"<</O<</S/JavaScript/JS(x)>>>>"),
    "actions-of-our-field": changing(lambda sealed: sealed.field, AA=b"<</E<</S/JavaScript/JS(x)>>>>"),
})


@attack("U1", "audit.names-changed")
def scripts_among_the_names(sealed):
    revision = Revision(sealed)
    script = revision.add(b"<</S/JavaScript/JS(app.alert\\(1\\))>>")
    return revision.change(sealed.root, Names=b"<</JavaScript<</Names[(a)%d 0 R]>>>>" % script).write()


@attack("U1", "audit.embedded-files-changed")
def file_embedded(sealed):
    revision = Revision(sealed)
    file = revision.add(stream(b"evil", b"/Type/EmbeddedFile"))
    specification = revision.add(b"<</Type/Filespec/F(a.exe)/EF<</F %d 0 R>>>>" % file)
    return revision.change(sealed.root, Names=b"<</EmbeddedFiles<</Names[(a)%d 0 R]>>>>" % specification).write()


attacks("U1", "audit.xfa-changed", {"second-form": changing(lambda sealed: sealed.form, XFA=b"(<xdp/>)")})
@attack("U1", "audit.object-rewritten")
def second_form_of_another_generation(sealed):
    """For programs that heed no generation the form has a second one."""
    revision = Revision(sealed)
    number = revision.add(stream(b"<xdp:xdp/>"))
    revision.change(sealed.root, DSS=b"<</Certs[%d 0 R]>>" % number)
    return revision.change(sealed.form, XFA=b"%d 1 R" % number).write()


attacks("U1", "audit.form-changed", {
    "appearances-regenerated": changing(lambda sealed: sealed.form, NeedAppearances=b"true"),
    "form-without-flags": changing(lambda sealed: sealed.form, SigFlags=b"0"),
    "form-taken-off": changing(catalog, AcroForm=None),
})
attacks("U1", "audit.outlines-changed", {"bookmarks": changing(catalog, Outlines=b"<</Type/Outlines>>")})
attacks("U1", "audit.structure-tree-changed", {"structure-tree": changing(catalog, StructTreeRoot=b"<<>>")})
attacks("U1", "audit.catalog-changed", {
    "viewer-preferences": changing(catalog, ViewerPreferences=b"<</HideToolbar true>>"),
    "version-of-the-catalog": changing(catalog, Version=b"/1.7"),
    "page-labels": changing(catalog, PageLabels=b"<</Nums[0<</S/r>>]>>"),
})


@attack("U1", "audit.optional-content-changed")
def layer_that_hides_our_stamp(sealed):
    revision = Revision(sealed)
    group = revision.add(b"<</Type/OCG/Name(hidden)>>")
    revision.change(sealed.root, OCProperties=b"<</OCGs[%d 0 R]/D<</OFF[%d 0 R]>>>>" % (group, group))
    return revision.change(sealed.stamp, OC=b"%d 0 R" % group).write()


@attack("U1", "audit.catalog-replaced", LATER)
def another_root(sealed):
    revision = Revision(sealed)
    root = revision.add(sealed.dictionary(sealed.root, Outlines=None))
    return revision.set(Root=b"%d 0 R" % root).write()


@attack("U1", "audit.catalog-replaced")
def root_of_other_pages(sealed):
    """Everything of ours stays in the file and in its place; the pages are others."""
    revision = Revision(sealed)
    content = revision.add(stream(WHITE))
    tree = revision.next + 1
    page = revision.add(b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Annots[%d 0 R]>>" % (
        tree, content, sealed.stamp))
    revision.add(b"<</Type/Pages/Kids[%d 0 R]/Count 1>>" % page)
    root = revision.add(sealed.dictionary(sealed.root, Pages=b"%d 0 R" % tree))
    return revision.set(Root=b"%d 0 R" % root).write()


attacks("U1", "audit.information-changed", {
    "title": changing(lambda sealed: sealed.info, Title=b"(Another)"),
    "producer": changing(lambda sealed: sealed.info, Producer=b"(Another)"),
    "information-left-out": lambda sealed: Revision(sealed).set(Info=None).write(),
})
attacks("U1", "audit.identifier-changed", {
    "first-identifier": lambda sealed: Revision(sealed).set(ID=b"[<00><00>]").write(),
    "identifier-left-out": lambda sealed: Revision(sealed).set(ID=None).write(),
})
attacks("U1", "audit.size-smaller", {"size-smaller": lambda sealed: sized(sealed, 20)})


def sized(sealed, size):
    """Old objects beyond /Size are none, for programs that heed it."""
    revision = Revision(sealed)
    revision.classic = True
    revision.size = size
    return revision.write()


@attack("U1", "audit.metadata-changed")
def metadata(sealed):
    revision = Revision(sealed)
    number = revision.add(stream(b"<x:xmpmeta/>", b"/Type/Metadata/Subtype/XML"))
    return revision.change(sealed.root, Metadata=b"%d 0 R" % number).write()


@attack("U1", "audit.object-orphan")
def object_that_nothing_uses(sealed):
    revision = Revision(sealed)
    revision.add(stream(WHITE))
    return revision.write()


@attack("U1", "audit.object-rewritten")
def font_written_again(sealed):
    return Revision(sealed).change(sealed.fonts).write()


@attack("U1", "audit.object-supplied")
def missing_object_supplied(sealed):
    """First a harmless revision that names a missing object, then one that brings it as a certificate."""
    missing = sealed.size + 50
    first = Revision(sealed).change(sealed.opinion, CropBox=b"%d 0 R" % missing).write()
    revision = Revision(sealed, first).put(missing, b"[0 0 9 9]")
    return revision.change(sealed.root, DSS=b"<</Certs[%d 0 R]>>" % missing).write()
