// Times as they are shown everywhere: in China (+08:00), whatever the machine's zone.

const chinaOffset = 28_800n;
const two = (value: number): string => String(value).padStart(2, "0");

function at(seconds: bigint): Date | undefined {
  const date = new Date(Number(seconds + chinaOffset) * 1000);
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999 ? undefined : date;
}

/** "2026-09-03 14:05:09 +08:00"; the bare number for a time outside the calendar. */
export function chineseTime(seconds: bigint | number): string {
  const date = at(BigInt(seconds));
  if (date === undefined) return String(seconds);
  const day = `${String(date.getUTCFullYear()).padStart(4, "0")}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
  return `${day} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} +08:00`;
}

/** 2026-09-03, the day in China; as chineseTime() begins. */
export const isoDay = (seconds: bigint | number): string => chineseTime(seconds).replace(/ .*/, "");

/** 2026年9月3日 */
export function chineseDay(seconds: bigint): string {
  const date = at(seconds);
  if (date === undefined) return String(seconds);
  return `${date.getUTCFullYear()}年${date.getUTCMonth() + 1}月${date.getUTCDate()}日`;
}
