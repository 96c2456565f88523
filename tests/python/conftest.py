"""What the tests of the Python package share: the package as the build made it, a key, a report, an issued report.

The package is that of SJCODE_PYTHON, by default what stands beside the program's folder (build/release/python).
"""

import datetime
import os
import pathlib
import subprocess
import sys

import running

PACKAGE = pathlib.Path(os.environ.get("SJCODE_PYTHON") or running.PROGRAM.parents[1] / "python")
sys.path.insert(0, str(PACKAGE))

import pytest  # noqa: E402
import sjcode  # noqa: E402

IDENTITY = sjcode.InstitutionIdentity(licence="440100001", name="示例司法鉴定中心", short_name="示例司鉴中心",
                                      hosts=["v.example.cn"])
ALGORITHMS = list(sjcode.Algorithm)
SINCE_2020 = sjcode.Period.of_days(datetime.date(2020, 1, 1))


def certificate_of(key: sjcode.PrivateKey, identity=IDENTITY) -> sjcode.Certificate:
    now = datetime.datetime.now(datetime.timezone.utc)
    return sjcode.Certificate.self_signed(key, identity, not_before=now - datetime.timedelta(days=1),
                                          not_after=now + datetime.timedelta(days=365))


def institution_of(certificate: sjcode.Certificate, category: sjcode.Category, **more) -> sjcode.InstitutionRecord:
    """The institution of a certificate, licensed and registered for one category, as a trust list has it."""
    identity = certificate.identity
    usual = {
        "licence": identity.licence,
        "names": [sjcode.DatedName(name=identity.name, short_name=identity.short_name, period=SINCE_2020)],
        "licensed": [sjcode.Period.of_days(datetime.date(2020, 1, 1), datetime.date(2099, 12, 31))],
        "categories": [sjcode.DatedCategory(category=category, period=SINCE_2020)],
        "keys": [sjcode.DatedKey(key=certificate.public_key.to_der(), period=SINCE_2020)],
        "hosts": [sjcode.DatedHost(host=host, period=SINCE_2020) for host in identity.hosts]}
    return sjcode.InstitutionRecord(**{**usual, **more})


@pytest.fixture(scope="session")
def key() -> sjcode.PrivateKey:
    return sjcode.PrivateKey.generate(sjcode.Algorithm.P256)


@pytest.fixture(scope="session")
def certificate(key) -> sjcode.Certificate:
    return certificate_of(key)


@pytest.fixture(scope="session")
def trust(certificate) -> sjcode.CertificateFolder:
    return sjcode.CertificateFolder.of([certificate])


@pytest.fixture(scope="session")
def facts() -> sjcode.Facts:
    return sjcode.Facts.from_json((running.ROOT / "examples/sample-report/facts.json").read_bytes())


@pytest.fixture(scope="session")
def folder(tmp_path_factory) -> pathlib.Path:
    return tmp_path_factory.mktemp("python")


@pytest.fixture(scope="session")
def report(folder) -> pathlib.Path:
    """The demo's sample report."""
    path = folder / "report.pdf"
    subprocess.run([running.PROGRAM.with_name("make_sample_report"), path], check=True)
    return path


@pytest.fixture(scope="session")
def issuer(key, certificate) -> sjcode.Issuer:
    return sjcode.Issuer(key, certificate)


@pytest.fixture(scope="session")
def issued(issuer, report, facts) -> sjcode.IssuedReport:
    return issuer.issue(report, facts)


@pytest.fixture(scope="session")
def issued_path(folder, issued) -> pathlib.Path:
    path = folder / "issued.pdf"
    issued.write(path)
    return path


@pytest.fixture(scope="session")
def forged_path(folder, issued_path) -> pathlib.Path:
    """One digit of the opinion changed."""
    subprocess.run([sys.executable, running.ROOT / "examples/edit_copies.py", "--only", "in-place", issued_path, folder],
                   check=True)
    return folder / "in-place.pdf"


@pytest.fixture(scope="session")
def root() -> sjcode.PrivateKey:
    """A regulator's root key."""
    return sjcode.PrivateKey.generate(sjcode.Algorithm.ED25519)


@pytest.fixture(scope="session")
def pin(root) -> bytes:
    """Its fingerprint."""
    return sjcode.fingerprint(root.public_key)


@pytest.fixture(scope="session")
def trust_list(root, certificate, facts) -> bytes:
    """A trust list with the institution of the sample report; it names no appraisers."""
    now = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
    info = sjcode.TrustListInfo(id="cn.example", publisher="示例省司法厅", number=1, issued=now,
                                next_update=now + datetime.timedelta(days=30))
    record = institution_of(certificate, facts.categories[0])
    return sjcode.sign_trust_list(sjcode.TrustListContent(info=info, institutions=[record]), root)
