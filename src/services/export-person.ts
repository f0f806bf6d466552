import { z } from 'zod';
import type { Queryable } from '@/db/client';
import { savedAddressesOf } from '@/db/queries/addresses';
import { noteExport } from '@/db/queries/erasure';
import { settingsOf } from '@/db/queries/notices';
import { devicesOf, ordersWithAllOf } from '@/db/queries/person-data';
import { findUserById } from '@/db/queries/users';
import { notFound } from '@/domain/errors';
import { IdempotencyKey, runCommand } from './command';
import { requireRole, type ServiceContext } from './context';

/** Everything that is kept of a person as a customer, as it leaves the house. */
async function gather(db: Queryable, userId: string, now: Date) {
  const user = await findUserById(db, userId);
  if (!user || user.erasedAt) throw notFound('person');
  const [addresses, orders, settings, devices] = await Promise.all([
    savedAddressesOf(db, userId),
    ordersWithAllOf(db, userId),
    settingsOf(db, [userId]),
    devicesOf(db, userId),
  ]);
  const { name, email, phone, locale, role, createdAt } = user;
  return {
    exportedAt: now,
    account: { name, email, phone, language: locale, role, createdAt },
    addresses,
    orders,
    notices: settings.get(userId) ?? [],
    ...devices,
  };
}

/** As text, so that no transport changes it on the way: a JSON document for people and programs. */
type PersonExport = { document: string };

const asDocument = (content: unknown): PersonExport => ({
  document: JSON.stringify(content, null, 2),
});

/** What is kept of the viewer. */
export async function exportOwnData(ctx: ServiceContext): Promise<PersonExport> {
  const { userId } = requireRole(ctx, 'customer');
  return asDocument(await gather(ctx.db, userId, ctx.now()));
}

export const ExportPersonInput = IdempotencyKey.extend({ userId: z.uuid() });

/** What is kept of somebody, for an admin who has been asked for it; that they read it is kept. */
export async function exportPerson(
  ctx: ServiceContext,
  input: z.infer<typeof ExportPersonInput>,
): Promise<PersonExport> {
  requireRole(ctx, 'admin');
  const { userId } = input;
  const content = await gather(ctx.db, userId, ctx.now());
  // What is handed out is no answer to be kept under the key.
  await runCommand(ctx, { name: 'export-person', request: input }, async (tx) => {
    await noteExport(tx, userId);
    return { userId };
  });
  return asDocument(content);
}
