/** The services that browsers get their pushes from: Chrome, Firefox, Safari, Edge. */
export const PUSH_HOSTS = [
  'fcm.googleapis.com',
  'updates.push.services.mozilla.com',
  '.push.apple.com',
  '.notify.windows.com',
] as const;

/**
 * Whether we may post to this address: https on one of these hosts (one that begins with a dot stands
 * for its subdomains). Addresses come from browsers: anything else could be turned against us.
 */
export function isPushEndpoint(endpoint: string, allowedHosts: readonly string[]): boolean {
  if (!URL.canParse(endpoint)) return false;
  const { protocol, hostname, username, port } = new URL(endpoint);
  const allowed = allowedHosts.some((host) =>
    host.startsWith('.') ? hostname.endsWith(host) : hostname === host,
  );
  return allowed && username === '' && protocol === 'https:' && port === '';
}

/** The public half of a P-256 key as browsers want it: an uncompressed point, base64url. */
export function publicPoint({ x = '', y = '' }: JsonWebKey): string {
  const bytes = (part: string) => atob(part.replaceAll('-', '+').replaceAll('_', '/'));
  return btoa(`\u0004${bytes(x)}${bytes(y)}`)
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
