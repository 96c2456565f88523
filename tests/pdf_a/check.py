#!/usr/bin/env python3
"""PDF/A files stay what they are when they are issued: veraPDF judges each before and after.

usage: check.py [FILE…]

The inputs are those of make_inputs.py (reports converted to PDF/A only where Ghostscript is installed) and each file of
../shared/corpus/plain that veraPDF takes as valid PDF/A; or the FILEs. Each is issued without a seal and with one by
each kind of key. Prints a table. The program is the one that SJCODE_PROGRAM names, else build/release/bin/sjcode.
Exit status: 0; 1 where a file is no longer valid, other than as KNOWN has it; 2 where nothing could be measured.
"""

import collections
import dataclasses
import json
import pathlib
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

import make_inputs  # noqa: E402
from running import CORPUS, PROGRAM, ROOT, Issuer, error_code, run  # noqa: E402

POM = pathlib.Path(__file__).with_name("pom.xml")
JARS = ROOT / "build" / "verapdf"
WORK = ROOT / "build" / "pdf-a"
RSA_KEY, RSA_CERTIFICATE = WORK / "keys" / "rsa.key", WORK / "keys" / "rsa.pem"
MAIN_CLASS = "org.verapdf.apps.GreenfieldCliWrapper"

FACTS = {
    "licence": "440100001", "institution": "示例司法鉴定中心", "short_name": "示例司鉴中心",
    "number": "示例司鉴中心〔2026〕临鉴字第18号", "categories": ["FY0202"],
    "appraisers": [{"name": "甲某", "licence": "440100001001"}, {"name": "乙某", "licence": "440100001002"}],
    "matter": "伤残等级鉴定", "commissioner": {"kind": "court", "name": "某某市中级人民法院"}, "accepted": "2026-09-03",
    "opinion": "评定为十级伤残。", "kind": "report", "status": 18,
}
# How each file is issued: the code's key; the rest seals by it, by a key of its own, or not at all.
WAYS = {"none": "p256", "p256": "p256", "rsa": "p256", "ed25519": "ed25519", "sm2": "sm2"}

# Rules that a way of sealing is known to break (docs/pdf-a.md); one that it does not break any more is a complaint.
KNOWN = {
    "sm2": {"ISO 19005-2:2011 6.4.3-2", "ISO 19005-2:2011 6.4.3-3",
            "ISO 19005-3:2012 6.4.3-2", "ISO 19005-3:2012 6.4.3-3"},
}


class CannotMeasure(Exception):
    pass


@dataclasses.dataclass
class Judgement:
    profile: str
    valid: bool
    broken: dict[str, str]  # rule: what veraPDF says of the first object that breaks it

    @property
    def flavour(self) -> str:
        found = re.match(r"PDF/A-(\w+)", self.profile)
        return found[1].lower() if found else ""


def verapdf_jar() -> pathlib.Path:
    version = re.search(r"<artifactId>greenfield-apps</artifactId>\s*<version>([^<]+)<", POM.read_text("utf-8"))[1]
    jar = JARS / f"greenfield-apps-{version}.jar"
    missing = [tool for tool in ("java", "mvn") if not shutil.which(tool)]
    if missing and (not jar.exists() or "java" in missing):
        raise CannotMeasure(f"please install {' and '.join(missing)}: apt-get install default-jre-headless maven")
    if not jar.exists():
        got = subprocess.run(["mvn", "--batch-mode", "--quiet", "--file", POM, "dependency:copy-dependencies",
                              f"-DoutputDirectory={JARS}", "-DexcludeTransitive=true"], capture_output=True, text=True)
        if got.returncode != 0 or not jar.exists():
            raise CannotMeasure(f"mvn does not get veraPDF:\n{got.stdout[-2000:]}{got.stderr[-2000:]}")
    return jar


def judge(jar: pathlib.Path, paths: list[pathlib.Path]) -> dict[pathlib.Path, Judgement]:
    """By the flavour that each file says of itself. A file that veraPDF cannot read is not in the answer."""
    ended = subprocess.run(["java", "-Djava.awt.headless=true", "-cp", jar, MAIN_CLASS, "--loglevel", "0",
                            "--format", "xml", "--maxfailuresdisplayed", "1", *paths], capture_output=True)
    try:
        report = ElementTree.fromstring(ended.stdout)
    except ElementTree.ParseError as error:
        said = ended.stderr.decode("utf-8", "replace")[-2000:]
        raise CannotMeasure(f"veraPDF has no report: {error}\n{said}") from error
    judgements = {}
    for job in report.iter("job"):
        validation = job.find("validationReport")
        if validation is None:
            continue
        broken = {}
        for rule in validation.iter("rule"):
            if rule.get("status") == "failed":
                name = f"{rule.get('specification')} {rule.get('clause')}-{rule.get('testNumber')}"
                broken[name] = f"{rule.findtext('object')}: {rule.findtext('check/errorMessage')}"
        judgements[pathlib.Path(job.findtext("item/name"))] = Judgement(
            validation.get("profileName"), validation.get("isCompliant") == "true", broken)
    return judgements


def make_issuers() -> dict[str, Issuer]:
    issuers = {name: Issuer(WORK / "keys" / name, name).make() for name in set(WAYS.values())}
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:3072", "-nodes", "-keyout", RSA_KEY, "-out", RSA_CERTIFICATE,
                    "-subj", "/CN=Seal", "-days", "30", "-addext", "basicConstraints=critical,CA:FALSE",
                    "-addext", "keyUsage=critical,digitalSignature,nonRepudiation"], check=True, capture_output=True)
    return issuers


def issue(path: pathlib.Path, way: str, issuer: Issuer, facts: pathlib.Path) -> tuple[pathlib.Path, str | None]:
    """The issued file, and the code of the error where there is none."""
    output = WORK / "issued" / f"{path.stem}.{way}.pdf"
    options = {"none": ["--seal", "none"], "rsa": ["--seal-key", RSA_KEY, "--seal-cert", RSA_CERTIFICATE]}
    ended = run("issue", path, "--facts", facts, *issuer.arguments(), *options.get(way, []), "--allow", "facts",
                "--page", "all" if path.parent.name == "made" else "first-free", "--force-place", "-o", output)
    return output, None if ended.status == 0 else error_code(ended)


def verdict(before: Judgement, after: Judgement | None, known: set[str]) -> tuple[str, bool]:
    """What the table says of a file, and whether that is as it should be."""
    if after is None:
        return "unreadable", False
    if after.profile != before.profile:
        return f"now {after.profile}", False
    if after.valid:
        return "valid", True
    names = set(after.broken)
    is_known = bool(names) and names <= known
    rules = ", ".join(sorted(name.split(" ")[-1] for name in names))
    return f"{'known: ' if is_known else 'breaks '}{rules}", is_known


def measure(jar: pathlib.Path, files: list[pathlib.Path]) -> int:
    for folder in ("issued", "keys"):  # the inputs may be among what an earlier run has left
        shutil.rmtree(WORK / folder, ignore_errors=True)
        (WORK / folder).mkdir(parents=True)
    absent = [str(path) for path in files if not path.is_file()]
    if absent:
        raise CannotMeasure(f"there is no {', '.join(absent)}")
    reports = [path for path in sorted((CORPUS / "reports").glob("*.pdf")) if "-" not in path.stem]
    given = files or [*make_inputs.make(WORK / "made"), *make_inputs.convert(WORK / "converted", reports)]
    before = judge(jar, given + ([] if files else sorted((CORPUS / "plain").glob("*.pdf"))))
    complaints = [f"{path.name} is no valid PDF/A to begin with" for path in given
                  if path not in before or not before[path].valid or not before[path].flavour]
    inputs = [path for path, judgement in before.items() if judgement.valid and judgement.flavour]
    if not inputs:
        raise CannotMeasure("there is no PDF/A among the files")

    issuers = make_issuers()
    facts = WORK / "facts.json"
    facts.write_text(json.dumps(FACTS, ensure_ascii=False), encoding="utf-8")
    outputs, refused = {}, {}
    for path in inputs:
        for way, key in WAYS.items():
            outputs[path, way], error = issue(path, way, issuers[key], facts)
            if error:
                refused[path, way] = error
    if len(refused) == len(outputs):
        raise CannotMeasure(f"no file could be issued: {', '.join(sorted(set(refused.values())))}")
    after = judge(jar, [output for which, output in outputs.items() if which not in refused])

    print(f"| input | PDF/A | {' | '.join(WAYS)} |\n| --- | --- |{' --- |' * len(WAYS)}")
    rules: dict[str, list[str]] = collections.defaultdict(list)
    found: dict[str, set[str]] = collections.defaultdict(set)
    for path in inputs:
        cells = []
        for way in WAYS:
            error, judgement = refused.get((path, way)), after.get(outputs[path, way])
            cell, fine = f"refused: {error}", True
            if not error:
                cell, fine = verdict(before[path], judgement, KNOWN.get(way, set()))
            cells.append(cell)
            if not fine:
                complaints.append(f"{path.name}, {way}: {cell}")
            for name, what in judgement.broken.items() if judgement else ():
                found[way].add(name)
                rules[f"{name}, {what}"].append(f"{path.stem} ({way})")
        print(f"| {path.stem} | {before[path].flavour} | {' | '.join(cells)} |")
    for rule, where in sorted(rules.items()):
        print(f"\n{rule}\n  {len(where)} files, such as {where[0]}")
    if not files:
        complaints += [f"{way} does not break {rule} any more: take it out of KNOWN" for way, known in KNOWN.items()
                       for rule in sorted(known - found[way])]
    print(f"\n{jar.stem}: {len(inputs)} inputs, {len(after)} issued files, {len(refused)} refused, "
          f"{len(complaints)} complaints")
    print("".join(f"- {complaint}\n" for complaint in complaints), end="")
    return 1 if complaints else 0


def main(arguments: list[str]) -> int:
    try:
        if not PROGRAM.exists():
            raise CannotMeasure(f"there is no {PROGRAM}: run ./dev build, or set SJCODE_PROGRAM")
        return measure(verapdf_jar(), [pathlib.Path(argument).resolve() for argument in arguments])
    except CannotMeasure as reason:
        print(f"check.py: {reason}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
