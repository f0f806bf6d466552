/**
 * Whether this is what postgres.js throws at nobody when a connection is cut off while it asks which array
 * types there are, as it does on each new one. Nothing of ours waits for it: whoever wanted the
 * connection hears of it separately. (Without that question, `begin` on a new connection never begins.)
 */
export function isLostTypesQuery(error: unknown): boolean {
  if (typeof error !== 'object' || error === null || !('query' in error)) return false;
  return typeof error.query === 'string' && /from pg_catalog\.pg_type a\b/.test(error.query);
}
