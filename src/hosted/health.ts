import type { ApiDeps } from '@/api/context';
import { json } from '@/api/doors/door';
import { readHealth } from '@/services/read-health';

/** What `/health` and `/ready` answer where there is neither tail nor loop: the rest of what a server says. */
export async function tellHealth(deps: Pick<ApiDeps, 'db'>): Promise<Response> {
  const health = await readHealth(deps);
  const { ok } = health.database;
  const status = ok ? 'ok' : 'unavailable';
  return json(ok ? 200 : 503, { status, ...health }, ok ? {} : { 'retry-after': '2' });
}
