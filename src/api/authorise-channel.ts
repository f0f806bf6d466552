import { z } from 'zod';
import type { Credentials } from '@/auth/session';
import { isTied } from '@/db/queries/staff';
import { mayHear } from '@/domain/audiences';
import { audienceOf } from '@/domain/channels';
import { forbidden } from '@/domain/errors';
import type { ApiDeps } from './context';

/** Whether who has these credentials may listen on this channel; throws a refusal when not. */
export async function authoriseChannel(
  deps: ApiDeps,
  credentials: Credentials,
  channel: string,
): Promise<void> {
  const audience = audienceOf(channel);
  const session = await deps.getSession(credentials);
  const viewer = session?.viewer ?? null;
  const tiedTo = new Set<string>();
  if (audience?.kind === 'kitchen' && viewer && z.uuid().safeParse(audience.id).success) {
    const tie = { restaurantId: audience.id, userId: viewer.userId };
    if (await isTied(deps.db, tie)) tiedTo.add(audience.id);
  }
  if (!audience || !mayHear(viewer, audience, tiedTo)) throw forbidden();
}
