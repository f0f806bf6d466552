import { timingSafeEqual } from 'node:crypto';
import { hosted } from '@/trpc/runtime';

export const maxDuration = 60;
/** Leaves the function time to answer. */
const BUDGET_MS = 50_000;

function isOurs(header: string | null, secret: string): boolean {
  const wanted = Buffer.from(`Bearer ${secret}`);
  const given = Buffer.from(header ?? '');
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

/** One round of everything that is due. Twice at once or never for an hour, it does no harm. */
async function tick(request: Request): Promise<Response> {
  const parts = hosted();
  const secret = parts?.settings.cronSecret;
  if (!parts || !secret) {
    return Response.json({ message: 'Set CRON_SECRET in hosted mode.' }, { status: 404 });
  }
  if (!isOurs(request.headers.get('authorization'), secret)) {
    return Response.json({ message: 'This is for the cron job.' }, { status: 401 });
  }
  const rounds = await parts.work.tick(Date.now() + BUDGET_MS);
  return Response.json({ rounds }, { status: rounds.every(({ ok }) => ok) ? 200 : 500 });
}

export { tick as GET, tick as POST };
