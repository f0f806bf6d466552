type HeaderOf = (name: string) => string | null | undefined;

/** A browser's Origin has to be this host, or the public address; programs send none. */
export function isOwnOrigin(header: HeaderOf, publicUrl: string | undefined): boolean {
  const origin = header('origin');
  if (!origin) return true;
  const host = header('host');
  // As nearly every browser says it; thousands come at once after a restart.
  if (origin === `https://${host}` || origin === `http://${host}`) return true;
  if (!URL.canParse(origin)) return false;
  if (publicUrl && new URL(publicUrl).origin === new URL(origin).origin) return true;
  return new URL(origin).host === host;
}

const SAFE: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);
const OURS: ReadonlySet<string> = new Set(['same-origin', 'none']);

/**
 * Whether a request that may change something comes from a page of another site, which would act with the
 * cookie of whoever looks at it. Browsers say so in `Sec-Fetch-Site`, over plain http in `Origin` alone.
 */
export function isForeign(
  method: string,
  header: HeaderOf,
  publicUrl: string | undefined,
): boolean {
  if (SAFE.has(method)) return false;
  const site = header('sec-fetch-site');
  return site ? !OURS.has(site) : !isOwnOrigin(header, publicUrl);
}

/** What such a request is told. */
export const FOREIGN = {
  code: 'forbidden',
  reason: 'foreign_origin',
  message: 'This was sent by a page of another site.',
  hint: 'Open Hotfoot itself, and do it there.',
  data: null,
} as const;

/** The refusal of a foreign request where there is no front door of ours (hosted mode); null: let it in. */
export function refuseForeign(request: Request, publicUrl: string | undefined): Response | null {
  const foreign = isForeign(request.method, (name) => request.headers.get(name), publicUrl);
  return foreign ? Response.json(FOREIGN, { status: 403 }) : null;
}
