#!/bin/sh
# Makes the files of this folder with the openssl command (3.0 or later), so that our reading is tried on what another
# program wrote. TEST KEYS: the private halves are public. Run again, it makes new keys.
set -eu
cd "$(dirname "$0")"
passphrase=口令-secret

openssl genpkey -algorithm ED25519 -out ed25519.pem
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out p256.pem
openssl genpkey -algorithm SM2 -out sm2.pem
for name in ed25519 p256 sm2; do
    openssl pkey -in $name.pem -pubout -out $name.pub.pem
    openssl pkey -in $name.pem -aes256 -passout "pass:$passphrase" -out $name.encrypted.pem
done

# SEC1, also with the parameters before it, as `openssl ecparam -genkey` writes, and encrypted in the old way.
openssl ec -in p256.pem -out p256.sec1.pem
{ openssl ecparam -name prime256v1; cat p256.sec1.pem; } >p256.sec1-with-parameters.pem
openssl ec -in p256.pem -aes256 -passout "pass:$passphrase" -out p256.sec1-encrypted.pem
# OpenSSL 3.0 cannot write SEC1 for SM2; other programs do.
python3 - <<'PYTHON'
import base64
der = base64.b64decode("".join(open("sm2.pem").read().splitlines()[1:-1]))
secret = der[der.index(bytes.fromhex("0201010420")) + 5 :][:32]
point = der[der.index(bytes.fromhex("034200")) + 3 :][:65]
sec1 = (bytes.fromhex("30770201010420") + secret + bytes.fromhex("a00a06082a811ccf5501822da144034200") + point)
text = base64.b64encode(sec1).decode()
lines = [text[start : start + 64] for start in range(0, len(text), 64)]
with open("sm2.sec1.pem", "w") as out:
    out.write("\n".join(["-----BEGIN EC PRIVATE KEY-----", *lines, "-----END EC PRIVATE KEY-----", ""]))
PYTHON

# What we do not take: private keys with the public half of another, and other algorithms.
for name in p256 sm2; do
    openssl genpkey -algorithm EC -pkeyopt "ec_paramgen_curve:$(test $name = p256 && echo P-256 || echo SM2)" -out other.pem
    NAME=$name python3 - <<'PYTHON'
import base64, os
def read(path):
    return base64.b64decode("".join(open(path).read().splitlines()[1:-1]))
name = os.environ["NAME"]
der = read(name + ".pem")[:-65] + read("other.pem")[-65:]
text = base64.b64encode(der).decode()
lines = [text[start : start + 64] for start in range(0, len(text), 64)]
with open(name + ".mismatched.pem", "w") as out:
    out.write("\n".join(["-----BEGIN PRIVATE KEY-----", *lines, "-----END PRIVATE KEY-----", ""]))
PYTHON
    rm other.pem
done
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa.pem
openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -out rsa-1024.pem
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384 -out p384.pem
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit -out p256.explicit.pem
openssl genpkey -algorithm X25519 -out x25519.pem

# Certificates of institutions, and files that hold key and certificate.
subject="/C=CN/O=明州司法鉴定中心/OU=明司鉴中心/serialNumber=330203001"
for name in ed25519 p256 sm2 rsa rsa-1024; do
    openssl req -x509 -new -utf8 -key $name.pem -subj "$subject" -days 36500 -out $name.crt \
        -addext "subjectAltName=DNS:V.Example.CN,DNS:v2.example.cn,IP:192.0.2.1"
done
for name in ed25519 p256 sm2; do
    openssl pkcs12 -export -inkey $name.pem -in $name.crt -passout "pass:$passphrase" -out $name.p12
done
openssl pkcs12 -export -nokeys -in p256.crt -passout "pass:$passphrase" -out certificate-only.p12
openssl pkcs12 -export -nocerts -inkey p256.pem -passout "pass:$passphrase" -out key-only.p12

openssl req -x509 -new -utf8 -key p256.pem -days 36500 -out two-licences.crt \
    -subj "/O=明州司法鉴定中心/serialNumber=330203001/serialNumber=330203002"
openssl req -x509 -new -utf8 -key p256.pem -days 36500 -out no-licence.crt -subj "/O=明州司法鉴定中心"
# Names in UTF-16 (BMPString), as older Chinese authorities write them.
cat >bmp.cnf <<'CNF'
[req]
prompt = no
string_mask = MASK:0x0802
distinguished_name = name
[name]
O = 明州司法鉴定中心
OU = 明司鉴中心
serialNumber = 330203001
CNF
openssl req -x509 -new -utf8 -config bmp.cnf -key p256.pem -days 36500 -out bmp.crt
rm bmp.cnf
cat p256.pem p256.crt >key-and-certificate.pem

# Signatures over "message digest" under the usual user id, and under an empty one, which is what OpenSSL before 4.0
# makes unless told.
printf 'message digest' >message
openssl dgst -sm3 -sign sm2.pem -sigopt distid:1234567812345678 -out sm2-usual-id.der message
openssl dgst -sm3 -sign sm2.pem -out sm2-empty-id.der message
python3 - <<'PYTHON'
for name in ("sm2-usual-id", "sm2-empty-id"):
    der = open(name + ".der", "rb").read()
    numbers = der[4 : 4 + der[3]], der[6 + der[3] :]
    with open(name + ".hex", "w") as out:
        out.write(b"".join(int.from_bytes(number, "big").to_bytes(32, "big") for number in numbers).hex())
PYTHON
rm message sm2-usual-id.der sm2-empty-id.der
