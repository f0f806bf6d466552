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
 * by anybody else. `elsewhere` are origins besides our own that map tiles and live updates come from.
 */
export function contentPolicy(options: {
  nonce: string;
  elsewhere: readonly string[];
  dev: boolean;
}): string {
  const { nonce, elsewhere, dev } = options;
  const others = elsewhere.length > 0 ? ` ${elsewhere.join(' ')}` : '';
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
    `img-src 'self' data: blob:${others}`,
    `connect-src 'self'${dev ? ' ws:' : ''}${others}`,
    `font-src 'self'${others}`,
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}
