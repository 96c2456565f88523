"""What seals of the higher levels need: an authority for certificates, one for times, and the keys of seals."""

import os

from cryptography.hazmat.primitives.asymmetric import ec, rsa

from authority import CertificateAuthority, TimestampAuthority

OWN = "own"  # sealed with the key of the code, whose certificate is self-signed


class World:
    def __init__(self, folder):
        self.folder = folder
        self.issuer = CertificateAuthority(folder / "issuer")
        self.stamps = TimestampAuthority(folder / "stamps", self.issuer)
        self.issuer.issue("p256", "Seal p256", key=ec.generate_private_key(ec.SECP256R1()))
        self.issuer.issue("rsa", "Seal rsa", key=rsa.generate_private_key(65537, 2048))
        self.issuer.issue("list-only", "Seal list", sources=("crl",))
        self.issuer.issue("silent", "Seal silent", sources=())
        self.issuer.issue("appraiser", "张鉴定")
        self.issuer.issue("revoked", "Seal revoked")
        self.issuer.issue("revoked-list", "Seal revoked, list", sources=("crl",))
        self.issuer.revoke("revoked")
        self.issuer.revoke("revoked-list")

    def be_honest(self):
        self.issuer.behaviour = self.issuer.lists = self.stamps.behaviour = "honest"

    def key(self, name):
        return ["--seal-key", self.issuer.folder / f"{name}.key", "--seal-cert", self.issuer.folder / f"{name}.pem",
                "--chain", self.issuer.folder / "root.pem"]

    def options(self, level, key, *more):
        return ["--seal", level, "--tsa", self.stamps.url, *([] if key == OWN else self.key(key)), *more]

    def trust(self, issuer, folder):
        """The issuer's trust folder, and the root of timestamps and countersignatures as one that is trusted."""
        folder.mkdir()
        for name in os.listdir(issuer.folder):
            if name.endswith(".pem") and "key" not in name:
                (folder / name).write_bytes((issuer.folder / name).read_bytes())
        for kind in ("tsa", "countersign"):
            (folder / kind).mkdir()
            (folder / kind / "root.pem").write_bytes((self.issuer.folder / "root.pem").read_bytes())
        return folder
