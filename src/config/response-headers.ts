/** What no page uses, and what only our own pages may ask for. */
const PERMISSIONS = [
  'geolocation=(self)',
  'screen-wake-lock=(self)',
  'camera=()',
  'microphone=()',
  'payment=()',
  'usb=()',
  'serial=()',
  'bluetooth=()',
  'midi=()',
  'browsing-topics=()',
].join(', ');

const A_YEAR_S = 365 * 86_400;

/** What every answer says to a browser, whatever is in it; pages bring a content policy of their own. */
export function responseHeaders(options: { https: boolean }): Record<string, string> {
  return {
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'strict-origin-when-cross-origin',
    'X-Frame-Options': 'DENY',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Permissions-Policy': PERMISSIONS,
    // Over plain http browsers ignore it.
    ...(options.https ? { 'Strict-Transport-Security': `max-age=${A_YEAR_S}` } : {}),
  };
}

/** Of answers that are no pages. */
export const NOT_FRAMED = "frame-ancestors 'none'";

export const isHttps = (publicUrl: string | undefined): boolean =>
  publicUrl !== undefined && URL.canParse(publicUrl) && new URL(publicUrl).protocol === 'https:';
