import { cookies } from 'next/headers';
import { z } from 'zod';
import { isLocale, LOCALE_COOKIE, type Locale } from '@/i18n/locales';
import { newKey } from '@/trpc/idempotency';
import { api, getViewer } from '@/trpc/server';

const Choice = z.object({ locale: z.custom<Locale>(isLocale) });
const A_YEAR_S = 365 * 86_400;

/** Keeps the language that somebody chose. It works on plain http too, where pages can't set cookies. */
export async function POST(request: Request): Promise<Response> {
  const choice = Choice.safeParse(await request.json().catch(() => null));
  if (!choice.success) return Response.json({ message: 'No such language.' }, { status: 400 });
  const jar = await cookies();
  jar.set(LOCALE_COOKIE, choice.data.locale, { path: '/', sameSite: 'lax', maxAge: A_YEAR_S });
  // Notices are written in it, too.
  if (await getViewer()) {
    const caller = await api();
    await caller.notices.setLocale({ ...choice.data, idempotencyKey: newKey() });
  }
  return new Response(null, { status: 204 });
}
