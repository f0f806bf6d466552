/**
 * The styles that the toaster (sonner) adds by itself, and the empty element that it adds them to; a test
 * compares them with the version that is installed.
 */
const TOASTER_STYLES = [
  'sha256-StEaX+se6YS7pqjzrzMIA0KaX9zF/8zAhvQXZAe5epY=',
  'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
];

/**
 * What a page may load and run: scripts that carry this answer's nonce and what those load, nothing inline
 * by anybody else.
 */
export function contentPolicy(options: {
  nonce: string;
  /** Besides our own: where the map, and where live updates come from. */
  tiles: readonly string[];
  live: readonly string[];
  dev: boolean;
}): string {
  const { nonce, tiles, live, dev } = options;
  const of = (...sources: readonly string[]) => ["'self'", ...sources].join(' ');
  // Hot reload evaluates code and adds styles.
  const scripts = `'self' 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ''}`;
  const known = TOASTER_STYLES.map((hash) => `'${hash}'`).join(' ');
  const styles = dev ? "'self' 'unsafe-inline'" : `'self' 'nonce-${nonce}' ${known}`;
  return [
    "default-src 'self'",
    `script-src ${scripts}`,
    `style-src ${styles}`,
    // What React writes for `style={…}`; an attribute can't run anything.
    "style-src-attr 'unsafe-inline'",
    `img-src ${of('data:', 'blob:', ...tiles)}`,
    // A picture that waits to be sent is read out of an address of its own.
    `connect-src ${of('data:', ...tiles, ...live, ...(dev ? ['ws:'] : []))}`,
    `font-src ${of(...tiles)}`,
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
