// The seal: docs/code-format.md, 8.10. Called when the revision was rebuilt, so that every byte but Contents is as it must be.

import { digest } from "../crypto/digest";
import { DerError } from "../crypto/der";
import { codeAlgorithm, sealDigest, verifySeal } from "../crypto/seal_signature";
import { verifySignature } from "../crypto/signature";
import { orderedCertificates, readSignedData, type SignedData } from "../crypto/signed_data";
import { concat, equal, latin1 } from "../format/bytes";
import { sealKey } from "../format/record";
import { chineseTime } from "../format/chinese_time";
import type { Findings } from "../verify/verdict";
import type { Issued } from "./revision_check";
import type { Seal } from "./revision_values";
import type { Source } from "./source";

const piece = 1 << 20;
const subFilters = { usual: "ETSI.CAdES.detached", sm2: "SJSeal.GBT35275.detached" } as const;

function digestWithout(source: Source, begin: number, end: number, oid: string): Uint8Array | undefined {
  const running = sealDigest(oid);
  if (running === undefined) return undefined;
  for (const [from, to] of [[0, begin], [end, source.size]] as const)
    for (let at = from; at < to; at += piece) running.update(source.read(at, Math.min(to, at + piece)));
  return running.digest();
}

/** D:20260903140509+08'00' */
const pdfTime = (issued: bigint): string => `D:${chineseTime(issued).slice(0, 19).replace(/[-: ]/g, "")}+08'00'`;

function hashOf(bytes: Uint8Array, oid: string): Uint8Array | undefined {
  const running = sealDigest(oid);
  running?.update(bytes);
  return running?.digest();
}

/** Everything but the signature's own arithmetic. True where that is left to be checked. */
function checkForm(source: Source, seal: Seal, at: number, data: SignedData, issued: Issued, findings: Findings): boolean {
  const sm2 = data.gm || data.signer.curve === "1.2.156.10197.1.301";
  if (seal.subFilter !== (sm2 ? subFilters.sm2 : subFilters.usual)) {
    findings.fail("seal", "seal.sub-filter", { name: seal.subFilter });
    return false;
  }
  if (latin1(seal.time) !== pdfTime(issued.claims.issued)) {
    findings.fail("seal", "seal.time");
    return false;
  }
  const named = issued.record.value(sealKey);
  const own = digest(issued.record.digestName, concat(Uint8Array.of(4), orderedCertificates(data)));
  if (named?.type !== "bytes" || !equal(named.value, own)) {
    findings.fail("seal", "seal.other-certificate");
    return false;
  }
  const end = at + 2 + 2 * seal.contents.length;
  const found = digestWithout(source, at, end, data.digest);
  const bound = hashOf(data.signer.der, data.signingCertificate.digest);
  if (found === undefined || bound === undefined) {
    findings.unchecked("seal", "seal.not-in-browser");
    return false;
  }
  if (!equal(found, data.messageDigest)) findings.fail("seal", "cms.digest-differs");
  else if (!equal(bound, data.signingCertificate.value)) findings.fail("seal", "cms.signing-certificate-differs");
  return !findings.failed;
}

/** `at`: the offset of the `<` of Contents. */
export async function checkSeal(
  source: Source, seal: Seal, at: number, issued: Issued, findings: Findings,
): Promise<void> {
  const end = at + 2 + 2 * seal.contents.length;
  const range = ["0", String(at), String(end), String(source.size - end)];
  if (seal.byteRange.join() !== range.join()) return findings.fail("revision", "revision.differs", { offset: String(at) });
  let data: SignedData;
  let verified: boolean | undefined;
  try {
    data = readSignedData(seal.contents);
    if (!checkForm(source, seal, at, data, issued, findings)) return;
    verified = await verifySeal(data);
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    return findings.fail("seal", "cms.format");
  }
  if (verified === undefined) return findings.unchecked("seal", "seal.not-in-browser");
  if (!verified) return findings.fail("seal", "cms.signature");
  findings.pass("seal", "seal.verified");
  const algorithm = codeAlgorithm(data);
  const sameKey = algorithm === issued.raw.algorithm &&
    verifySignature({ algorithm, raw: data.signer.raw }, issued.raw.signed, issued.raw.signature);
  findings.pass("chain", sameKey ? "chain.code-key" : "chain.named");
  if (data.hasUnsigned) findings.unchecked("time", "time.not-in-browser");
  else findings.skipped("time", "time.claimed");
}
