// Trust records that are there and cannot be read: damaged, or a part of them could not be loaded just now.

import type { FormatError } from "../format/format_error";
import type { Findings } from "./verdict";

export function unreadableRecords(check: string, error: FormatError, findings: Findings): void {
  if (error.code === "trust-list.unreachable") findings.unchecked(check, "trust-list.unreachable");
  else findings.unchecked(check, "trust.list-damaged", { reason: error.code });
}
