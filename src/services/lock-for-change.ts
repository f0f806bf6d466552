import type { Transaction } from '@/db/client';
import { lockPerson } from '@/db/queries/people';
import { conflict, forbidden, invalid, notFound } from '@/domain/errors';
import type { Role, Viewer } from '@/domain/roles';

/**
 * Locks somebody whose role or access an admin changes. Refused for oneself, for the last admin, for an
 * admin who is none any more by now, and when somebody else has changed the person meanwhile.
 */
export async function lockForChange(
  tx: Transaction,
  admin: Viewer,
  { userId, expectedVersion }: { userId: string; expectedVersion: number },
): Promise<{ role: Role }> {
  if (userId === admin.userId) {
    throw invalid({
      reason: 'not_oneself',
      message: 'Nobody changes their own role or access.',
      hint: 'Ask another admin.',
    });
  }
  const person = await lockPerson(tx, userId);
  if (!person) throw notFound('person');
  if (person.adminIds.every((id) => id === userId) && person.adminIds.length > 0) {
    throw conflict({
      reason: 'last_admin',
      message: 'This is the last admin.',
      hint: 'Make somebody else an admin first.',
    });
  }
  if (!person.adminIds.includes(admin.userId)) throw forbidden();
  if (person.version !== expectedVersion) {
    throw conflict({
      reason: 'person_changed',
      message: 'Somebody else has changed this person meanwhile.',
      hint: 'Look at them as they are now and decide again.',
      data: { version: person.version },
    });
  }
  return { role: person.role };
}
