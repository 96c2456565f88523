"""A timestamp authority for tests: OpenSSL answers the requests, a web server on this machine hands them on."""

import http.server
import pathlib
import subprocess
import threading
import time

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


class TimestampAuthority:
    """`behaviour` changes what it does: honest, wrong-nonce, refusing, garbage, error-500, slow, endless, other-time."""

    def __init__(self, folder: pathlib.Path, time_shift: str | None = None):
        self.folder = folder
        self.behaviour = "honest"
        self.requests = 0
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "serial").write_text("01\n")
        (folder / "tsa.cnf").write_text(CONFIGURATION.format(folder=folder))
        (folder / "extensions").write_text(EXTENSIONS)
        openssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout",
                folder / "root.key", "-out", folder / "root.pem", "-subj", "/CN=Timestamp Root", "-days", "30")
        openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", folder / "tsa.key",
                "-out", folder / "tsa.csr", "-subj", "/CN=Timestamp Authority")
        openssl("x509", "-req", "-in", folder / "tsa.csr", "-CA", folder / "root.pem", "-CAkey", folder / "root.key",
                "-CAcreateserial", "-days", "30", "-extfile", folder / "extensions", "-out", folder / "tsa.pem")
        authority = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                assert self.headers["Content-Type"] == "application/timestamp-query"
                authority.requests += 1
                authority.answer(self, body)

            def log_message(self, *arguments):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/"

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
                handler.send_response(200)
                handler.end_headers()
                try:
                    for _ in range(4_000):
                        handler.wfile.write(b"0" * 1_024)
                except OSError:
                    pass
                return
        try:
            handler.send_response(status)
            handler.send_header("Content-Type", "application/timestamp-reply")
            handler.send_header("Content-Length", str(len(body)))
            handler.end_headers()
            handler.wfile.write(body)
        except OSError:
            pass
