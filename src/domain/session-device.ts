/** What a session was begun with, as a request says it. */
export type Device = { userAgent: string | null; address: string | null };

const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdgA?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Headless)?(Chrome|CriOS)\//, 'Chrome'],
  [/\bVersion\/.*\bSafari\//, 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\b(iPhone|iPod)\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'Mac'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

const firstOf = (names: typeof BROWSERS, text: string): string | null =>
  names.find(([pattern]) => pattern.test(text))?.[1] ?? null;

/** Browser and system by the names that they go by; null where it is neither. */
export const deviceOf = (
  userAgent: string | null,
): { browser: string | null; system: string | null } => ({
  browser: firstOf(BROWSERS, userAgent ?? ''),
  system: firstOf(SYSTEMS, userAgent ?? ''),
});

/** An address without the part that tells one household from another; null where it is none. */
export function shortAddress(address: string | null | undefined): string | null {
  const plain =
    (address ?? '')
      .split(',')[0]
      ?.trim()
      .replace(/^::ffff:/i, '') ?? '';
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(plain)) return plain.replace(/\.\d+$/, '.x');
  if (!/^[0-9a-f:]+$/i.test(plain) || !plain.includes(':')) return null;
  const groups = plain.split('::')[0]?.split(':').slice(0, 3) ?? [];
  return `${groups.join(':')}::x`.slice(0, 45);
}
