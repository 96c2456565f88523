// The signature algorithms of seals: those of codes in script, RSA by WebCrypto where the page has it.

import { sha384, sha512 } from "@noble/hashes/sha2.js";
import { newDigest, type RunningDigest } from "./digest";
import { DerError, identifier, plainSignature, sequence, smallInteger, type Der } from "./der";
import { algorithms, verifySignature } from "./signature";
import { oids, type SignedData } from "./signed_data";

const webHash: Readonly<Record<string, string>> = {
  [oids.sha256]: "SHA-256", [oids.sha384]: "SHA-384", [oids.sha512]: "SHA-512",
};
const rsa = "1.2.840.113549.1.1.1";
const rsaWith: Readonly<Record<string, string>> = {
  "1.2.840.113549.1.1.11": oids.sha256, "1.2.840.113549.1.1.12": oids.sha384, "1.2.840.113549.1.1.13": oids.sha512,
};
const rsaPss = "1.2.840.113549.1.1.10";
const p256 = "1.2.840.10045.3.1.7";
const sm2 = "1.2.156.10197.1.301";
const ecdsaSha256 = "1.2.840.10045.4.3.2";
const ed25519 = "1.3.101.112";
const sm2Signatures = new Set(["1.2.156.10197.1.301.1", "1.2.156.10197.1.501"]);

/** Undefined for a digest that is not known here. */
export function sealDigest(oid: string): RunningDigest | undefined {
  if (oid === oids.sha256) return newDigest("sha256");
  if (oid === oids.sm3) return newDigest("sm3");
  if (oid === oids.sha384) return sha384.create();
  return oid === oids.sha512 ? sha512.create() : undefined;
}

/** The algorithm of codes that a certificate's key has; undefined for RSA and all others. */
export function codeAlgorithm(data: SignedData): number | undefined {
  if (data.signer.keyAlgorithm === ed25519) return algorithms.ed25519;
  if (data.signer.curve === p256) return algorithms.p256;
  return data.signer.curve === sm2 ? algorithms.sm2 : undefined;
}

function pssParameters(parameters: Der | undefined): { hash: string; salt: number } {
  const fields = new Map(sequence(parameters).map((field) => [field.tag, sequence(field, field.tag)[0]]));
  const hash = identifier(sequence(fields.get(0xa0))[0]);
  const mask = sequence(fields.get(0xa1));
  if (identifier(sequence(mask[1])[0]) !== hash) throw new DerError("PSS");
  return { hash, salt: smallInteger(fields.get(0xa2)) };
}

async function verifyRsa(data: SignedData): Promise<boolean | undefined> {
  if (globalThis.crypto?.subtle === undefined) return undefined;
  const pss = data.signatureAlgorithm === rsaPss ? pssParameters(data.signatureParameters) : undefined;
  const named = pss?.hash ?? (data.signatureAlgorithm === rsa ? data.digest : rsaWith[data.signatureAlgorithm]);
  const hash = named === data.digest ? webHash[named] : undefined;
  if (hash === undefined) return undefined;
  const scheme = pss === undefined ? "RSASSA-PKCS1-v1_5" : "RSA-PSS";
  const spki = Uint8Array.from(data.signer.spki);
  // What WebCrypto cannot read as a key has no signature of that key.
  const key = await crypto.subtle.importKey("spki", spki, { name: scheme, hash }, false, ["verify"]).catch(() => undefined);
  if (key === undefined) throw new DerError("key");
  const how = pss === undefined ? scheme : { name: scheme, saltLength: pss.salt };
  return crypto.subtle.verify(how, key, Uint8Array.from(data.signature), Uint8Array.from(data.signed));
}

/** Whether the signer's key made the signature over the attributes; undefined where this browser cannot tell. */
export async function verifySeal(data: SignedData): Promise<boolean | undefined> {
  const raw = data.signer.raw;
  const algorithm = codeAlgorithm(data);
  if (algorithm === algorithms.ed25519 && data.signatureAlgorithm === ed25519)
    return verifySignature({ algorithm, raw }, data.signed, data.signature);
  if (algorithm === algorithms.p256 && data.signatureAlgorithm === ecdsaSha256 && data.digest === oids.sha256)
    return verifySignature({ algorithm, raw }, data.signed, plainSignature(data.signature));
  if (algorithm === algorithms.sm2 && sm2Signatures.has(data.signatureAlgorithm) && data.digest === oids.sm3)
    return verifySignature({ algorithm, raw }, data.signed, plainSignature(data.signature));
  return data.signer.keyAlgorithm === rsa ? verifyRsa(data) : undefined;
}
