import { z } from 'zod';
import {
  findPerson,
  liveSessionsOf,
  type PersonRow,
  listPeople as read,
  workOf,
} from '@/db/queries/people';
import { notFound } from '@/domain/errors';
import { ROLES } from '@/domain/roles';
import { deviceOf } from '@/domain/session-device';
import { Text } from '@/domain/text';
import { requireRole, type ServiceContext } from './context';

const PAGE = 25;

export const ListPeopleInput = z.object({
  text: Text.trim().max(80).default(''),
  role: z.enum(ROLES).nullable().default(null),
  blocked: z.boolean().nullable().default(null),
  /** The id after which the page begins. */
  cursor: z.uuid().nullish(),
});

const toPerson = ({ createdAt, blockedAt, erasedAt, seenAt, ...rest }: PersonRow) => ({
  ...rest,
  createdAt: createdAt.toISOString(),
  blockedAt: blockedAt?.toISOString() ?? null,
  erasedAt: erasedAt?.toISOString() ?? null,
  seenAt: seenAt?.toISOString() ?? null,
});
export type Person = ReturnType<typeof toPerson>;

/** People by name, e-mail, role and state; the latest first, a page at a time. */
export async function listPeople(
  ctx: ServiceContext,
  { cursor, ...filter }: z.infer<typeof ListPeopleInput>,
): Promise<{ people: Person[]; nextCursor: string | null }> {
  requireRole(ctx, 'admin');
  const rows = await read(ctx.db, filter, cursor ?? null, PAGE + 1);
  const shown = rows.slice(0, PAGE);
  const nextCursor = rows.length > PAGE ? (shown.at(-1)?.id ?? null) : null;
  return { people: shown.map(toPerson), nextCursor };
}

export const GetPersonInput = z.object({ userId: z.uuid() });

/** One person with their live sessions: which device, from about where, when last. */
export async function getPerson(
  ctx: ServiceContext,
  { userId }: z.infer<typeof GetPersonInput>,
  ownSessionId: string | null,
) {
  requireRole(ctx, 'admin');
  const person = await findPerson(ctx.db, userId);
  if (!person) throw notFound('person');
  const sessions = await liveSessionsOf(ctx.db, userId, ctx.now());
  return {
    ...toPerson(person),
    /** Where a driver works. */
    work: person.role === 'driver' ? await workOf(ctx.db, userId) : null,
    sessions: sessions.map(({ id, createdAt, seenAt, userAgent, address }) => ({
      ...{ id, address, ...deviceOf(userAgent) },
      createdAt: createdAt.toISOString(),
      seenAt: (seenAt ?? createdAt).toISOString(),
      /** The one that asks. */
      own: id === ownSessionId,
    })),
  };
}
