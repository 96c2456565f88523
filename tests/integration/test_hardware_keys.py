"""Keys in hardware, by their PKCS#11 URIs: a SoftHSM2 token stands for the smart card, the USB key or the HSM."""

import os
import pathlib
import pty
import shutil
import subprocess
import time

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

import running
from reports import report
from running import BAD_DATA, NO_INPUT, UNAVAILABLE, USAGE, codes, error_code, run, verify
from test_seal import certificate, pyhanko_status, write_pem

PIN = "24681357"
MODULE = next((path for path in map(pathlib.Path, ("/usr/lib/softhsm/libsofthsm2.so",
                                                   "/usr/lib64/pkcs11/libsofthsm2.so")) if path.exists()), None)


class Token:
    """A token "clerk" with the issuer's key and certificate as "code", and an RSA key with its own as "seal"."""

    def __init__(self, folder, issuer):
        assert MODULE and shutil.which("softhsm2-util") and shutil.which("pkcs11-tool"), \
            "please install softhsm2, opensc and libengine-pkcs11-openssl: ./dev setup"
        self.issuer = issuer
        (folder / "tokens").mkdir()
        configuration = folder / "softhsm2.conf"
        configuration.write_text(f"directories.tokendir = {folder}/tokens\nlog.level = ERROR\n", encoding="utf-8")
        self.environment = {"SOFTHSM2_CONF": str(configuration)}
        self.tool("softhsm2-util", "--init-token", "--free", "--label", "clerk", "--pin", PIN, "--so-pin", "11112222")
        key = rsa.generate_private_key(65537, 2048)
        self.seal_certificate = write_pem(folder / "seal.pem", certificate("Seal", key))
        self.add("code", "01", issuer.key, issuer.certificate)
        self.add("seal", "02", write_pem(folder / "seal.key", key), self.seal_certificate)
        self.add("bare", "03", issuer.key)
        self.pin_file = folder / "pin"
        self.pin_file.write_text(PIN + "\n", encoding="utf-8")
        self.module = ["--pkcs11-module", MODULE]

    def tool(self, *arguments):
        subprocess.run([*map(str, arguments)], env={**os.environ, **self.environment}, check=True, capture_output=True)

    def add(self, label, number, key, its_certificate=None):
        self.tool("softhsm2-util", "--import", key, "--token", "clerk", "--label", label, "--id", number, "--pin", PIN)
        if its_certificate:
            der = key.parent / f"{label}.der"
            self.tool("openssl", "x509", "-in", its_certificate, "-outform", "DER", "-out", der)
            self.tool("pkcs11-tool", "--module", MODULE, "--token-label", "clerk", "--login", "--pin", PIN,
                      "--write-object", der, "--type", "cert", "--label", label, "--id", number)


def uri(key, more=""):
    return f"pkcs11:token=clerk;object={key}{more}"


@pytest.fixture(scope="module")
def token(registry, tmp_path_factory):
    source = report("injury")
    return Token(tmp_path_factory.mktemp("token"), registry.issuer_for(source, "p256"))


@pytest.fixture
def issue_with(token, registry, tmp_path):
    """Issues the sample with these options for keys and PIN; gives how that ended, and the output."""
    source = report("injury")

    def issue_it(*options, environment=None, pin=True):
        output = tmp_path / "issued.pdf"
        given = ["--passphrase-file", token.pin_file] if pin else []
        ended = run("issue", source, "--facts", registry.facts_file(source), *options, *given, "-o", output,
                    environment={**token.environment, **(environment or {})})
        return ended, output

    return issue_it


def check_authentic(path, token, seal_code):
    verdict = verify(path, token.issuer.folder)
    assert verdict["outcome"] == "authentic", codes(verdict)
    assert {"signature.verified", "seal.verified", seal_code} <= codes(verdict, "pass")


def test_code_and_seal_by_a_key_in_the_token(token, issue_with):
    ended, path = issue_with("--key", uri("code"), *token.module)
    assert ended.status == 0, ended.err
    assert ended.err == ""
    check_authentic(path, token, "chain.code-key")
    _, status = pyhanko_status(path, token.issuer.certificate)
    assert status.intact and status.valid


@pytest.mark.parametrize("method", [[], ["--seal-pss"], ["--seal-digest", "sha384"]], ids=["PKCS1", "PSS", "SHA-384"])
def test_seal_by_an_rsa_key_in_the_token(token, issue_with, method):
    ended, path = issue_with(*token.issuer.arguments(), "--seal-key", uri("seal"), *method, "--seal-passphrase-file",
                             token.pin_file, *token.module)
    assert ended.status == 0, ended.err
    check_authentic(path, token, "chain.named")
    _, status = pyhanko_status(path, token.seal_certificate)
    assert status.intact and status.valid


def test_both_keys_in_the_token_and_a_chain(token, issue_with):
    ended, path = issue_with("--key", uri("bare"), "--cert", token.issuer.certificate, "--seal-key", uri("seal"),
                             "--seal-passphrase-file", token.pin_file, "--chain", token.issuer.certificate,
                             *token.module)
    assert ended.status == 0, ended.err
    check_authentic(path, token, "chain.named")


def test_the_module_in_the_uri_or_the_environment(token, issue_with):
    for key, environment in ((uri("code", f"?module-path={MODULE}"), {"PKCS11_MODULE_PATH": "/no/such/module.so"}),
                             (uri("code"), {"PKCS11_MODULE_PATH": str(MODULE)})):
        ended, path = issue_with("--key", key, environment=environment)
        assert ended.status == 0, ended.err
        path.unlink()


def test_the_pin_from_the_environment(token, issue_with):
    ended, _ = issue_with("--key", uri("code"), *token.module, pin=False, environment={"SJCODE_PASSPHRASE": PIN})
    assert ended.status == 0, ended.err


def test_the_pin_is_asked_for_without_echo(token, registry, tmp_path):
    source = report("injury")
    process, terminal = pty.fork()
    if process == 0:
        os.environ.update(token.environment, LANG="en_US.UTF-8")
        os.environ.pop("SJCODE_PASSPHRASE", None)
        os.execv(running.PROGRAM, [str(word) for word in (
            running.PROGRAM, "issue", source, "--facts", registry.facts_file(source), "--key", uri("code"),
            *token.module, "-o", tmp_path / "issued.pdf")])
    seen = b""
    until = time.monotonic() + 60
    while b"PIN of the token: " not in seen and time.monotonic() < until:
        seen += os.read(terminal, 1000)
    os.write(terminal, PIN.encode() + b"\n")
    try:
        while True:
            seen += os.read(terminal, 1000)
    except OSError:  # the program has ended
        pass
    _, status = os.waitpid(process, 0)
    os.close(terminal)
    assert os.waitstatus_to_exitcode(status) == 0, seen
    assert PIN.encode() not in seen
    check_authentic(tmp_path / "issued.pdf", token, "chain.code-key")


REFUSED = [
    ([uri("code", f"?pin-value={PIN}")], {}, "pkcs11.pin-in-uri", USAGE),
    (["pkcs11:token=clerk"], {}, "pkcs11.key-not-named", USAGE),
    (["pkcs11:token=clerk;object=code;colour=red"], {}, "pkcs11.uri", USAGE),
    ([uri("nothing")], {}, "pkcs11.not-found", NO_INPUT),
    (["pkcs11:token=nobody;object=code"], {}, "pkcs11.not-found", NO_INPUT),
    ([uri("seal")], {}, "pkcs11.algorithm", BAD_DATA),
    ([uri("bare")], {}, "usage.certificate-in-token", USAGE),
    ([uri("code", "?module-path=/no/such/module.so")], {}, "pkcs11.module", UNAVAILABLE),
    ([uri("code")], {"pin": "13572468"}, "pkcs11.pin-wrong", BAD_DATA),
    ([uri("code")], {"pin": "123"}, "pkcs11.pin-length", BAD_DATA),
    ([uri("code")], {"pin": None}, "pkcs11.pin-missing", BAD_DATA),
]


@pytest.mark.parametrize("key, more, code, status", REFUSED, ids=lambda value: value if isinstance(value, str) else "")
def test_refused(token, issue_with, key, more, code, status):
    pin = more.get("pin", PIN)
    environment = {"SJCODE_PASSPHRASE": pin} if pin else {}
    ended, path = issue_with("--key", *key, *token.module, environment=environment, pin=False)
    assert (error_code(ended), ended.status) == (code, status)
    assert ended.err.count("\n") == 1  # nothing of the engine's
    assert PIN not in ended.err and not path.exists()


def test_the_certificate_must_be_the_keys(token, registry, issue_with):
    other = registry.issuer_for(report("injury"), "p256", hosts=("other.example.org.cn",))
    ended, _ = issue_with("--key", uri("code"), "--cert", other.certificate, *token.module)
    assert error_code(ended) == "issue.key"
    ended, _ = issue_with("--key", uri("code"), "--seal-key", uri("bare"), "--seal-passphrase-file", token.pin_file,
                          *token.module)
    assert error_code(ended) == "seal.certificate"


def test_a_regulators_root_key_and_a_status_list_in_the_token(token, tmp_path):
    """`trust sign` and `status sign` by the same key; its PIN never stands on the command line."""
    options = ["--passphrase-file", token.pin_file, *token.module]
    register = tmp_path / "register.json"
    run("trust", "init", "--id", "cn.example", "--publisher", "示例司法厅", "-o", register)
    ended = run("trust", "add", "institution", register, "--licence", token.issuer.licence, "--cert",
                token.issuer.certificate, "--from", "2020-01-01", "--until", "2099-12-31")
    assert ended.status == 0, ended.err
    before = register.read_bytes()
    wrong = tmp_path / "wrong"
    wrong.write_text("11111111\n", encoding="utf-8")
    ended = run("trust", "sign", register, "--key", uri("code"), "--passphrase-file", wrong, *token.module, "-o",
                tmp_path / "1.sjt", environment=token.environment)
    assert error_code(ended) == "pkcs11.pin-wrong" and not (tmp_path / "1.sjt").exists()
    assert register.read_bytes() == before, "the number is used up although nothing was signed"
    # From a key in a file to the one in the token, and then by that one alone.
    old = tmp_path / "old.pem"
    subprocess.run(["openssl", "genpkey", "-algorithm", "ED25519", "-out", old], check=True, capture_output=True)
    ended = run("trust", "sign", register, "--key", old, "-o", tmp_path / "1.sjt", "--lang", "en")
    assert ended.status == 0, ended.err
    first = ended.out.split()[-1]
    for number, keys in ((2, ["--key", old, "--next-key", uri("code")]), (3, ["--key", uri("code")])):
        ended = run("trust", "sign", register, *keys, *options, "-o", tmp_path / f"{number}.sjt", "--lang", "en",
                    environment=token.environment)
        assert ended.status == 0, ended.err
    assert ended.out.split()[-1] != first
    store = tmp_path / "store"
    assert run("trust", "import", tmp_path / "1.sjt", "--trust", store, "--root", first).status == 0
    assert run("trust", "import", tmp_path / "3.sjt", "--trust", store).status == 0
    assert ended.out.split()[-1] in run("trust", "show", store).out
    # The status list, under the trust list.
    journal = tmp_path / "journal.json"
    ended = run("status", "set", journal, "--number", "JCFJ41HG9ZFS8739Q6VZ", "--index", "77", "--issuer",
                token.issuer.licence, "--state", "suspended", "--reason", "x")
    assert ended.status == 0, ended.err
    ended = run("status", "sign", journal, "--key", uri("code"), *options, "-o", tmp_path,
                environment=token.environment)
    assert ended.status == 0, ended.err
    ended = run("status", "show", tmp_path / f"status-{token.issuer.licence}.cwt", "--trust", token.issuer.folder,
                "--json")
    assert ended.status == 0 and ended.json["verified"], ended.err
