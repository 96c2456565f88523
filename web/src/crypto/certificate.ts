// What the seal's check needs of a certificate (RFC 5280): who, and the key. No chain is judged by it.

import { concat } from "../format/bytes";
import { DerError, first, identifier, ofTag, sequence, tags, type Der } from "./der";

export interface Certificate {
  readonly der: Uint8Array;
  /** Issuer and serial number, as they stand in a SignerInfo. */
  readonly issuerAndSerial: Uint8Array;
  readonly spki: Uint8Array;
  readonly keyAlgorithm: string;
  /** The curve of an EC key. */
  readonly curve: string | undefined;
  /** The key without its SubjectPublicKeyInfo. */
  readonly raw: Uint8Array;
}

export function readCertificate(der: Uint8Array): Certificate {
  const whole = first(der);
  const tbs = sequence(sequence(whole)[0]);
  const at = tbs[0]?.tag === 0xa0 ? 1 : 0;
  const [serial, , issuer, , , spki] = tbs.slice(at) as [Der, Der, Der, Der, Der, Der];
  const [algorithm, key] = sequence(spki);
  const [name, parameters] = sequence(algorithm);
  const bits = ofTag(key, tags.bits);
  if (bits[0] !== 0) throw new DerError("key");
  ofTag(serial, tags.integer);
  return {
    der, issuerAndSerial: concat(issuer.whole, serial.whole), spki: spki.whole, keyAlgorithm: identifier(name),
    curve: parameters?.tag === tags.oid ? identifier(parameters) : undefined, raw: bits.subarray(1),
  };
}

