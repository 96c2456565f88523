// A detached SignedData (RFC 5652) with one signer, as our seals have it: docs/code-format.md, 8.10.

import { compare, concat, equal } from "../format/bytes";
import { readCertificate, type Certificate } from "./certificate";
import { DerError, first, identifier, ofTag, sequence, tags, type Der } from "./der";

export const oids = {
  signedData: "1.2.840.113549.1.7.2",
  data: "1.2.840.113549.1.7.1",
  signedDataGm: "1.2.156.10197.6.1.4.2.2",
  dataGm: "1.2.156.10197.6.1.4.2.1",
  contentType: "1.2.840.113549.1.9.3",
  messageDigest: "1.2.840.113549.1.9.4",
  signingCertificate: "1.2.840.113549.1.9.16.2.47",
  sha256: "2.16.840.1.101.3.4.2.1",
  sha384: "2.16.840.1.101.3.4.2.2",
  sha512: "2.16.840.1.101.3.4.2.3",
  sm3: "1.2.156.10197.1.401",
} as const;

export interface SignedData {
  /** Whether the object identifiers are those of GM/T 0010. */
  readonly gm: boolean;
  readonly certificates: readonly Certificate[];
  readonly signer: Certificate;
  readonly digest: string;
  readonly messageDigest: Uint8Array;
  /** Hash algorithm and value that name the signer's certificate. */
  readonly signingCertificate: { readonly digest: string; readonly value: Uint8Array };
  /** What is signed: the attributes as a SET. */
  readonly signed: Uint8Array;
  readonly signatureAlgorithm: string;
  readonly signatureParameters: Der | undefined;
  readonly signature: Uint8Array;
  /** Whether there is anything under no signature, such as a timestamp. */
  readonly hasUnsigned: boolean;
}

const wrong = (what: string): never => {
  throw new DerError(what);
};

function attributesOf(set: Der): Map<string, Der> {
  const found = new Map<string, Der>();
  for (const attribute of sequence(set, 0xa0)) {
    const [type, values] = sequence(attribute);
    const [value, ...rest] = sequence(values, tags.set);
    const name = identifier(type);
    if (value === undefined || rest.length > 0 || found.has(name)) wrong("attributes");
    found.set(name, value!);
  }
  return found;
}

/** ESSCertIDv2 (RFC 5035): the hash is SHA-256 unless it says otherwise. */
function signingCertificateOf(value: Der | undefined): SignedData["signingCertificate"] {
  const id = sequence(sequence(sequence(value)[0])[0]);
  const named = id[0]?.tag === tags.sequence;
  return { digest: named ? identifier(sequence(id[0])[0]) : oids.sha256, value: ofTag(id[named ? 1 : 0], tags.octets) };
}

/** `contents`: the SignedData, then zeros. Throws a DerError for every other form. */
export function readSignedData(contents: Uint8Array): SignedData {
  const whole = first(contents);
  if (contents.subarray(whole.whole.length).some((byte) => byte !== 0)) wrong("padding");
  const [type, explicit] = sequence(whole);
  const gm = identifier(type) === oids.signedDataGm;
  if (!gm && identifier(type) !== oids.signedData) wrong("type");
  const data = sequence(sequence(explicit, 0xa0)[0]);
  const [, digests, content, ...rest] = data;
  const contentType = gm ? oids.dataGm : oids.data;
  const inner = sequence(content);
  if (inner.length !== 1 || identifier(inner[0]) !== contentType) wrong("content");
  const certificateSet = rest.find((one) => one.tag === 0xa0);
  const signers = rest.find((one) => one.tag === tags.set);
  if (certificateSet === undefined || rest.length !== 2) return wrong("certificates");
  const certificates = sequence(certificateSet, 0xa0).map((one) => readCertificate(one.whole));
  const [info, ...others] = sequence(signers, tags.set);
  if (others.length > 0) wrong("signers");
  const [, sid, digestAlgorithm, attributeSet, signatureAlgorithm, signature, unsigned] = sequence(info);
  const digest = identifier(sequence(digestAlgorithm)[0]);
  if (!sequence(digests, tags.set).some((one) => identifier(sequence(one)[0]) === digest)) wrong("digest");
  const signer = certificates.find((one) => equal(one.issuerAndSerial, ofTag(sid, tags.sequence))) ?? wrong("signer");
  if (attributeSet?.tag !== 0xa0) return wrong("attributes");
  const attributes = attributesOf(attributeSet);
  if (attributes.size !== 3 || identifier(attributes.get(oids.contentType)) !== contentType) wrong("attributes");
  const [algorithm, parameters] = sequence(signatureAlgorithm);
  return {
    gm, certificates, signer, digest, messageDigest: ofTag(attributes.get(oids.messageDigest), tags.octets),
    signingCertificate: signingCertificateOf(attributes.get(oids.signingCertificate)),
    signed: concat(Uint8Array.of(tags.set), attributeSet.whole.subarray(1)),
    signatureAlgorithm: identifier(algorithm), signatureParameters: parameters, signature: ofTag(signature, tags.octets),
    hasUnsigned: unsigned !== undefined,
  };
}

/** The signer's certificate, then each other once, ascending as DER orders a SET OF: what record entry 65 is over. */
export function orderedCertificates(data: SignedData): Uint8Array {
  const others = data.certificates.map((one) => one.der).filter((der) => !equal(der, data.signer.der)).sort(compare);
  const once = others.filter((der, i) => i === 0 || !equal(der, others[i - 1]!));
  return concat(data.signer.der, ...once);
}
