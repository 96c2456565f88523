#!/bin/sh
# Makes SoftHSM2 tokens for the tests of keys in hardware. usage: make_tokens.sh FOLDER KEYS
# FOLDER gets softhsm2.conf (for SOFTHSM2_CONF) and the tokens; KEYS has the keys and certificates: those of
# tests/unit/crypto/data.
#
# Token "office", PIN 24681357: keys "code" (P-256, id 01, with its certificate), "seal" (RSA 2048, id 02, with its
# certificate), "no-certificate" (P-256, id 03), "weak" (RSA 1024, id 04), "p384" (id 05), "asked" (P-256, id 07: wants the PIN for
# each signature). Token "other", PIN 97531: "code" (another P-256 key, id 01).
set -eu
folder=$1
keys=$2
module=${SOFTHSM2_MODULE:-/usr/lib/softhsm/libsofthsm2.so}
command -v softhsm2-util pkcs11-tool openssl >/dev/null || { echo "please install softhsm2 and opensc: ./dev setup" >&2; exit 1; }

mkdir -p "$folder/tokens"
export SOFTHSM2_CONF=$folder/softhsm2.conf
printf 'directories.tokendir = %s/tokens\nobjectstore.backend = file\nlog.level = ERROR\n' "$folder" >"$SOFTHSM2_CONF"
softhsm2-util --init-token --free --label office --pin 24681357 --so-pin 11112222 >/dev/null
softhsm2-util --init-token --free --label other --pin 97531 --so-pin 11112222 >/dev/null

import() { softhsm2-util --import "$1" --token "$2" --label "$3" --id "$4" --pin "$5" >/dev/null; }
import "$keys/p256.pem" office code 01 24681357
import "$keys/rsa.pem" office seal 02 24681357
import "$keys/rsa-1024.pem" office weak 04 24681357

office() { pkcs11-tool --module "$module" --token-label office --login --pin 24681357 "$@" >"$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 1; }; }
office --keypairgen --key-type EC:prime256v1 --label no-certificate --id 03
office --keypairgen --key-type EC:secp384r1 --label p384 --id 05
office --keypairgen --key-type EC:prime256v1 --always-auth --label asked --id 07
pkcs11-tool --module "$module" --token-label other --login --pin 97531 --keypairgen --key-type EC:prime256v1 \
    --label code --id 01 >"$folder/log" 2>&1
certificate() {
    openssl x509 -in "$keys/$1" -outform DER -out "$folder/certificate.der"
    office --write-object "$folder/certificate.der" --type cert --label "$2" --id "$3"
}
certificate p256.crt code 01
certificate rsa.crt seal 02
