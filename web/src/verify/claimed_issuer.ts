// Whose records are needed to verify a code; nothing is proved by it.

import { attempt } from "../format/format_error";
import { decodeWhole } from "./code_check";

export function claimedIssuerOf(code: Uint8Array): string | undefined {
  const decoded = attempt(() => decodeWhole(code));
  return "value" in decoded ? decoded.value.claims.issuer : undefined;
}
