"""Keys, certificates, seals, and signers that are the caller's own functions."""

import pickle

import pytest
import running
import sjcode
from conftest import ALGORITHMS, IDENTITY, certificate_of

DATA = running.ROOT / "tests/unit/crypto/data"


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_key_signs_and_comes_back_from_pem(algorithm):
    key = sjcode.PrivateKey.generate(algorithm)
    assert key.algorithm is algorithm is key.public_key.algorithm
    signature = key.sign(b"message")
    assert len(signature) == 64
    assert key.public_key.verify(b"message", signature)
    assert not key.public_key.verify(b"massage", signature)
    assert not key.public_key.verify(b"message", signature[:-1])
    again = sjcode.PrivateKey.from_pem(key.to_pem_secret("secret").encode(), "secret")
    assert again.public_key == key.public_key
    assert sjcode.PublicKey.from_der(key.public_key.to_der()) == key.public_key
    for passphrase in ("wrong", None):
        with pytest.raises(sjcode.KeyOrCertificateError) as caught:
            sjcode.PrivateKey.from_pem(key.to_pem_secret("secret"), passphrase)
        assert caught.value.code == "key.passphrase"


def test_a_private_key_is_not_pickled(key):
    with pytest.raises(TypeError, match="not pickled"):
        pickle.dumps(key)


def test_certificates(key, certificate):
    assert certificate.identity == IDENTITY and certificate.public_key == key.public_key
    for form in (certificate.to_pem(), certificate.to_pem().encode(), certificate.der, bytearray(certificate.der)):
        assert sjcode.Certificate.parse(form) == certificate
    with pytest.raises(sjcode.KeyOrCertificateError) as caught:
        sjcode.Certificate.parse(b"no certificate")
    assert caught.value.code == "certificate.format"
    assert sjcode.read_certificates(certificate.to_pem() * 2) == (certificate.der,) * 2


def test_pkcs12():
    data = (DATA / "p256.p12").read_bytes()
    passphrase = "口令-secret"
    assert sjcode.Certificate.from_pkcs12(data, passphrase).public_key == (
        sjcode.PrivateKey.from_pkcs12(data, passphrase).public_key)
    with pytest.raises(sjcode.KeyOrCertificateError) as caught:
        sjcode.PrivateKey.from_pkcs12(data, "secret")
    assert caught.value.code == "key.passphrase"


def test_trust_folder(tmp_path, certificate):
    (tmp_path / "a.pem").write_text(certificate.to_pem())
    trust = sjcode.CertificateFolder.open(tmp_path)
    assert len(trust) == 1 and trust.certificates("440100001") == (certificate,) and trust.certificates("1") == ()
    assert trust.is_official_host("v.example.cn") and not trust.is_official_host("v.example.com")
    (tmp_path / "b.pem").write_text("-----BEGIN CERTIFICATE-----\n")
    with pytest.raises(sjcode.TrustError) as caught:
        sjcode.CertificateFolder.open(str(tmp_path))
    assert caught.value.code == "trust.unreadable" and caught.value.parameters["file"].endswith("b.pem")
    with pytest.raises(sjcode.TrustError):
        sjcode.CertificateFolder.open(tmp_path / "missing")


class Device:
    """Stands for an HSM: holds the key, counts what it signs."""

    def __init__(self, key):
        self.key = key
        self.messages = []

    def __call__(self, message):
        self.messages.append(message)
        return self.key.sign(message)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_a_device_signs_code_and_seal(algorithm, report, facts):
    device = Device(sjcode.PrivateKey.generate(algorithm))
    certificate = certificate_of(device.key)
    signer = sjcode.CallbackSigner(certificate.public_key, device)
    issued = sjcode.Issuer(signer, certificate).issue(report, facts)
    assert len(device.messages) == 2 and all(type(message) is bytes for message in device.messages)
    verdict = sjcode.verify(issued.to_bytes(), sjcode.CertificateFolder.of([certificate]))
    assert verdict.outcome is sjcode.Outcome.AUTHENTIC


def test_a_seal_of_its_own_by_callback(key, certificate, trust, report, facts):
    pem, own = (DATA / "rsa.pem").read_text(), sjcode.read_certificates((DATA / "rsa.crt").read_bytes())
    held = sjcode.SealKey.from_pem(pem, own, algorithm="rsa-pss", digest=sjcode.SealDigest.SHA512)
    assert (held.algorithm, held.digest) == (sjcode.SealAlgorithm.RSA_PSS, sjcode.SealDigest.SHA512)
    calls = []

    def device(attributes):
        calls.append(attributes)
        return held.sign(attributes)

    seal = sjcode.CallbackSeal(own, device, algorithm="rsa-pss", digest="sha512")
    issued = sjcode.Issuer(key, certificate, seal=seal).issue(report, facts)
    assert len(calls) == 1
    found = sjcode.audit(issued.to_bytes()).signatures
    assert len(found) == 1 and found[0].valid and found[0].covers_file
    verdict = sjcode.verify(issued.to_bytes(), trust)
    assert not [check for check in verdict.checks if check.result is sjcode.CheckResult.FAIL]


def test_a_device_with_another_key_is_noticed(key, certificate, report, facts):
    other = sjcode.PrivateKey.generate("p256")
    signer = sjcode.CallbackSigner(key.public_key, other.sign)
    with pytest.raises(sjcode.KeyOrCertificateError) as caught:
        signer.sign(b"message")
    assert caught.value.code == "key.signer"
    with pytest.raises(sjcode.KeyOrCertificateError):
        sjcode.Issuer(signer, certificate).issue(report, facts)
    with pytest.raises(sjcode.KeyOrCertificateError) as caught:
        sjcode.Issuer(other, certificate)
    assert caught.value.code == "issue.key"


class DeviceGone(Exception):
    pass


@pytest.mark.parametrize("last", [1, 2], ids=["code", "seal"])
def test_what_a_device_raises_reaches_the_caller(key, certificate, report, facts, last):
    calls = []

    def device(message):
        calls.append(message)
        if len(calls) == last:
            raise DeviceGone("unplugged")
        return key.sign(message)

    issuer = sjcode.Issuer(sjcode.CallbackSigner(key.public_key, device), certificate)
    with pytest.raises(DeviceGone, match="unplugged"):
        issuer.issue(report, facts)
    # Nothing is left over for the next call.
    assert sjcode.CodeNumber.parse(str(issuer.issue(report, facts).number))


@pytest.mark.parametrize("answer", [None, "text", 3])
def test_a_device_that_answers_nonsense(key, answer):
    with pytest.raises(TypeError):
        sjcode.CallbackSigner(key.public_key, lambda message: answer).sign(b"message")
    with pytest.raises(sjcode.KeyOrCertificateError):
        sjcode.CallbackSigner(key.public_key, lambda message: b"short").sign(b"message")


def test_signers_stay_alive_with_what_uses_them(report, facts, trust, certificate, key):
    def make():
        signer = sjcode.CallbackSigner(key.public_key, Device(key))
        return sjcode.Issuer(signer, certificate, seal=sjcode.seal_with_code_key(signer, certificate))

    issued = make().issue(report, facts)
    assert sjcode.verify(issued.to_bytes(), trust).outcome is sjcode.Outcome.AUTHENTIC
