"""Authorities for tests: OpenSSL answers the requests, web servers on this machine hand them on. One stamps times, one
issues certificates and tells whether they were revoked."""

import datetime
import http.server
import pathlib
import subprocess
import threading
import time

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509 import ocsp
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID

CONFIGURATION = """
[tsa]
default_tsa = here
[here]
dir = {folder}
serial = $dir/serial
crypto_device = builtin
signer_cert = $dir/tsa.pem
signer_key = $dir/tsa.key
certs = $dir/root.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha1, sha256, sha384, sha512, sm3
accuracy = secs:1
ordering = no
tsa_name = yes
ess_cert_id_chain = no
ess_cert_id_alg = sha256
"""

EXTENSIONS = "extendedKeyUsage=critical,timeStamping\nkeyUsage=critical,digitalSignature\nbasicConstraints=critical,CA:false\n"


def openssl(*arguments, **options) -> bytes:
    return subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True, **options).stdout


def serve(answer_post, answer_get=None) -> str:
    """Starts a web server; returns its address."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            answer_post(self, self.rfile.read(int(self.headers["Content-Length"])))

        def do_GET(self):
            answer_get(self)

        def log_message(self, *arguments):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/"


def send(handler, body: bytes, status: int = 200, kind: str = "application/octet-stream") -> None:
    try:
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)
    except OSError:
        pass


def send_endlessly(handler) -> None:
    handler.send_response(200)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b"0" * 65_536)
    except OSError:
        pass


class CertificateAuthority:
    """Issues certificates that name its OCSP responder and its revocation list.

    `behaviour` is what the responder does: honest, error-500, slow, endless, garbage, refusing, another (about another
    certificate), stranger (signed by somebody else's key), outdated, unknown. `lists` is what it does for lists: honest,
    error-500, stranger, outdated, delta."""

    def __init__(self, folder: pathlib.Path, name: str = "Issuing Root"):
        self.folder = folder
        self.behaviour = self.lists = "honest"
        self.requests = 0
        self.entries: dict[str, list[str]] = {}
        folder.mkdir(parents=True, exist_ok=True)
        self.root_key = ec.generate_private_key(ec.SECP256R1())
        self.root = self.sign(name, self.root_key, None, [
            (x509.BasicConstraints(True, None), True),
            (x509.KeyUsage(False, False, False, False, False, True, True, False, False), True)])
        write_certificate(folder / "root.pem", self.root)
        write_key(folder / "root.key", self.root_key)
        self.url = serve(self.answer, self.answer_list)
        self.issue("responder", "Responder", sources=(), extensions=[
            (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.OCSP_SIGNING]), False), (x509.OCSPNoCheck(), False)])
        self.issue("stranger", "Responder", sources=())

    def sign(self, name, key, issuer, extensions):
        now = datetime.datetime.now(datetime.timezone.utc)
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        builder = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer.subject if issuer else subject)
        builder = builder.public_key(key.public_key()).serial_number(x509.random_serial_number())
        builder = builder.not_valid_before(now - datetime.timedelta(days=2))
        builder = builder.not_valid_after(now + datetime.timedelta(days=30))
        builder = builder.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
        for extension, critical in extensions:
            builder = builder.add_extension(extension, critical)
        return builder.sign(self.root_key, hashes.SHA256())

    def issue(self, file, name, *, key=None, sources=("ocsp", "crl"), extensions=None):
        """Writes FILE.key and FILE.pem."""
        key = key or ec.generate_private_key(ec.SECP256R1())
        usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
        more = [(x509.BasicConstraints(False, None), True), (usage, True), *(extensions or [])]
        if "ocsp" in sources or "issuer" in sources:
            access = []
            if "ocsp" in sources:
                access.append((AuthorityInformationAccessOID.OCSP, self.url + "ocsp"))
            if "issuer" in sources:
                access.append((AuthorityInformationAccessOID.CA_ISSUERS, self.url + "issuer"))
            more.append((x509.AuthorityInformationAccess([
                x509.AccessDescription(method, x509.UniformResourceIdentifier(url)) for method, url in access]), False))
        if "crl" in sources:
            point = x509.DistributionPoint([x509.UniformResourceIdentifier(self.url + "crl")], None, None, None)
            more.append((x509.CRLDistributionPoints([point]), False))
        made = self.sign(name, key, self.root, more)
        write_certificate(self.folder / f"{file}.pem", made)
        write_key(self.folder / f"{file}.key", key)
        self.entries[file] = ["V", made.not_valid_after_utc.strftime("%y%m%d%H%M%SZ"), "",
                              f"{made.serial_number:X}".zfill(2 * ((made.serial_number.bit_length() + 7) // 8)), "unknown",
                              f"/CN={file}"]
        return made

    def revoke(self, file, when=None):
        when = when or datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(hours=1)
        self.entries[file][0], self.entries[file][2] = "R", when.strftime("%y%m%d%H%M%SZ")

    def reply(self, query: bytes, *, signer="responder", more=("-ndays", "7")) -> bytes:
        self.requests += 1
        place = self.folder / f"ocsp-{self.requests}"
        rows = [row for file, row in self.entries.items() if self.behaviour != "unknown" or file == "responder"]
        place.with_suffix(".index").write_text("".join("\t".join(row) + "\n" for row in rows))
        place.with_suffix(".request").write_bytes(query)
        # It also looks at its own answer, and does not like what it says about somebody else.
        subprocess.run([
            "openssl", "ocsp", "-index", place.with_suffix(".index"), "-CA", self.folder / "root.pem", "-rsigner",
            self.folder / f"{signer}.pem", "-rkey", self.folder / f"{signer}.key", "-reqin",
            place.with_suffix(".request"), "-noverify", "-respout", place.with_suffix(".response"), *more
        ], capture_output=True, check=False)
        return place.with_suffix(".response").read_bytes()

    def answer(self, handler, query: bytes) -> None:
        assert handler.headers["Content-Type"] == "application/ocsp-request"
        match self.behaviour:
            case "error-500":
                send(handler, b"", 500)
            case "slow":
                time.sleep(5)
                send(handler, b"")
            case "endless":
                send_endlessly(handler)
            case "garbage":
                send(handler, b"<html>please log in</html>")
            case "refusing":
                send(handler, bytes.fromhex("30030a0106"))  # OCSPResponse { unauthorized }
            case "another":
                other = self.folder / "other.request"
                openssl("ocsp", "-issuer", self.folder / "root.pem", "-cert", self.folder / "responder.pem", "-reqout",
                        other, "-no_nonce")
                send(handler, self.reply(other.read_bytes()))
            case "stranger":
                send(handler, self.reply(query, signer="stranger"))
            case "outdated":
                send(handler, self.old_reply(query))
            case _:
                send(handler, self.reply(query))

    def old_reply(self, query: bytes) -> bytes:
        """What it said a week ago."""
        asked = ocsp.load_der_ocsp_request(query)
        row = next(file for file, row in self.entries.items() if int(row[3], 16) == asked.serial_number)
        certificate = x509.load_pem_x509_certificate((self.folder / f"{row}.pem").read_bytes())
        responder = x509.load_pem_x509_certificate((self.folder / "responder.pem").read_bytes())
        key = serialization.load_pem_private_key((self.folder / "responder.key").read_bytes(), None)
        then = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=1)
        builder = ocsp.OCSPResponseBuilder().add_response(
            certificate, self.root, hashes.SHA1(), ocsp.OCSPCertStatus.GOOD, then, then + datetime.timedelta(hours=2),
            None, None).responder_id(ocsp.OCSPResponderEncoding.NAME, responder).certificates([responder])
        return builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)

    def answer_list(self, handler) -> None:
        if handler.path == "/issuer":
            return send(handler, self.root.public_bytes(serialization.Encoding.DER))
        if self.lists == "error-500":
            return send(handler, b"", 500)
        now = datetime.datetime.now(datetime.timezone.utc)
        begin = now - datetime.timedelta(days=3 if self.lists == "outdated" else 0, minutes=5)
        key = ec.generate_private_key(ec.SECP256R1()) if self.lists == "stranger" else self.root_key
        builder = x509.CertificateRevocationListBuilder().issuer_name(self.root.subject).last_update(begin)
        builder = builder.next_update(begin + datetime.timedelta(days=2))
        if self.lists == "delta":
            builder = builder.add_extension(x509.DeltaCRLIndicator(1), True)
        for row in self.entries.values():
            if row[0] == "R":
                since = datetime.datetime.strptime(row[2], "%y%m%d%H%M%SZ")
                builder = builder.add_revoked_certificate(
                    x509.RevokedCertificateBuilder().serial_number(int(row[3], 16)).revocation_date(since).build())
        send(handler, builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.DER))


def write_certificate(path, certificate) -> None:
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))


def write_key(path, key) -> None:
    path.write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8,
                                       serialization.NoEncryption()))


class TimestampAuthority:
    """`behaviour` changes what it does: honest, wrong-nonce, refusing, garbage, error-500, slow, endless, other-time."""

    def __init__(self, folder: pathlib.Path, issuer: CertificateAuthority | None = None):
        """`issuer` gave it its certificate; else it has a root of its own, that names nobody to ask."""
        self.folder = folder
        self.behaviour = "honest"
        self.requests = 0
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "serial").write_text("01\n")
        (folder / "tsa.cnf").write_text(CONFIGURATION.format(folder=folder))
        (folder / "extensions").write_text(EXTENSIONS)
        if issuer:
            issuer.issue("tsa", "Timestamp Authority", sources=("ocsp", "crl", "issuer"),
                         extensions=[(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), True)])
            for name in ("tsa.pem", "tsa.key", "root.pem"):
                (folder / name).write_bytes((issuer.folder / name).read_bytes())
        else:
            openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
                    folder / "root.key", "-out", folder / "root.pem", "-subj", "/CN=Timestamp Root", "-days", "30")
            openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", folder / "tsa.key",
                    "-out", folder / "tsa.csr", "-subj", "/CN=Timestamp Authority")
            openssl("x509", "-req", "-in", folder / "tsa.csr", "-CA", folder / "root.pem", "-CAkey", folder / "root.key",
                    "-CAcreateserial", "-days", "30", "-extfile", folder / "extensions", "-out", folder / "tsa.pem")
        self.url = serve(self.receive)

    def receive(self, handler, body: bytes) -> None:
        assert handler.headers["Content-Type"] == "application/timestamp-query"
        self.requests += 1
        self.answer(handler, body)

    def reply(self, query: bytes) -> bytes:
        path = self.folder / f"{self.requests}.tsq"
        path.write_bytes(query)
        return openssl("ts", "-reply", "-config", self.folder / "tsa.cnf", "-queryfile", path)

    def answer(self, handler, query: bytes) -> None:
        body, status = b"", 200
        match self.behaviour:
            case "honest":
                body = self.reply(query)
            case "wrong-nonce":  # an answer to the same digest asked for by somebody else
                (self.folder / "other").write_bytes(b"")
                digest = query[query.index(b"\x04\x20") + 2 :][:32]
                other = openssl("ts", "-query", "-digest", digest.hex(), "-sha256", "-cert")
                body = self.reply(other)
            case "other-imprint":
                body = self.reply(openssl("ts", "-query", "-digest", "ab" * 32, "-sha256", "-cert"))
            case "refusing":
                body = bytes.fromhex("30053003020102")  # PKIStatusInfo { rejection }
            case "garbage":
                body = b"<html>please log in</html>"
            case "error-500":
                status = 500
            case "slow":
                time.sleep(5)
            case "endless":
                return send_endlessly(handler)
        send(handler, body, status, "application/timestamp-reply")
