import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Transaction } from '@/db/client';
import {
  insertZone,
  judgeRing,
  lockZone,
  listZones as read,
  retireZone as retire,
  slugTaken,
  writeZone,
  type ZoneTerms,
} from '@/db/queries/drawn-zones';
import { policyOf } from '@/domain/dispatch/zone-policy';
import { conflict, invalid, notFound, type Refusal } from '@/domain/errors';
import { MOST_CORNERS, type RingProblem, ringProblem } from '@/domain/ring';
import { Text } from '@/domain/text';
import { TimeZone } from '@/domain/time-zone';
import { WeeklyHoursSchema } from '@/domain/weekly-hours';
import { IdempotencyKey, runCommand } from './command';
import { requireRole, type ServiceContext } from './context';

const TermsInput = z.object({
  name: Text.trim().min(1, 'Give the zone a name.').max(80),
  /** The outline, [longitude, latitude] each, the first corner not repeated. */
  ring: z.array(z.tuple([z.number(), z.number()])).max(1_000),
  /** When its doors are served, on its own wall clock; null: always. */
  hours: WeeklyHoursSchema.min(1, 'Choose a day, or serve the zone always.').max(28).nullable(),
  /** What a delivery to its doors costs more, minor units. */
  surcharge: z.number().int().min(0).max(100_000),
  taxIncluded: z.boolean(),
});

export const DrawZoneInput = IdempotencyKey.extend({
  ...TermsInput.shape,
  timeZone: TimeZone,
  currency: z.string().regex(/^[A-Z]{3}$/, 'Three letters, like EUR.'),
});

/** Every zone in use, with its outline and terms, and by which policy it is dispatched. */
export async function listZones(ctx: ServiceContext) {
  requireRole(ctx, 'admin');
  return (await read(ctx.db)).map(({ policy, ...zone }) => ({
    ...zone,
    policy: policyOf(policy).kind,
  }));
}

const SENTENCES: Readonly<Record<RingProblem, string>> = {
  too_few: 'An area has at least three corners.',
  too_many: `An area has at most ${MOST_CORNERS} corners.`,
  off_the_map: 'A corner lies off the map.',
  crosses: 'The outline crosses itself.',
  too_small: 'The area is smaller than a hectare.',
};

const ringRefused = (problem: RingProblem): Refusal =>
  invalid({
    reason: 'area_invalid',
    message: SENTENCES[problem],
    hint: 'Move its corners and save again; nothing was changed.',
    data: { problem },
  });

/** The zones that it overlaps, which is allowed: at a door the smallest counts. */
async function checkArea(
  tx: Transaction,
  { ring }: Pick<ZoneTerms, 'ring'>,
  besides: string | null,
): Promise<string[]> {
  const problem = ringProblem(ring);
  if (problem) throw ringRefused(problem);
  const judged = await judgeRing(tx, ring, besides);
  if (judged.invalid) throw ringRefused('crosses');
  return judged.overlaps;
}

const slugOf = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');

async function freeSlug(tx: Transaction, id: string, name: string): Promise<string> {
  const slug = slugOf(name);
  return slug === '' || (await slugTaken(tx, slug)) ? `${slug}-${id.slice(-6)}` : slug;
}

type Drawn = { zoneId: string; version: number; overlaps: string[] };

/** Draws a new zone. Drivers and restaurants come to it later. */
export async function drawZone(
  ctx: ServiceContext,
  input: z.infer<typeof DrawZoneInput>,
): Promise<Drawn> {
  requireRole(ctx, 'admin');
  const { timeZone, currency } = input;
  return runCommand(ctx, { name: 'draw-zone', request: input }, async (tx) => {
    const overlaps = await checkArea(tx, input, null);
    const id = uuidv7();
    await insertZone(
      tx,
      { id, slug: await freeSlug(tx, id, input.name), timeZone, currency },
      input,
    );
    return { zoneId: id, version: 1, overlaps };
  });
}

export const ChangeZoneInput = IdempotencyKey.extend({
  ...TermsInput.shape,
  zoneId: z.uuid(),
  /** The version on the admin's screen: two of them can't overwrite each other. */
  expectedVersion: z.number().int().min(1),
});

const overtaken = (version: number): Refusal =>
  conflict({
    reason: 'zone_changed',
    message: 'Somebody else has changed this zone meanwhile.',
    hint: 'Look at it as it is now and decide again.',
    data: { version },
  });

/** Changes the name, outline, hours or fees of a zone; from the next order on. */
export async function changeZone(
  ctx: ServiceContext,
  input: z.infer<typeof ChangeZoneInput>,
): Promise<Drawn> {
  requireRole(ctx, 'admin');
  const { zoneId, expectedVersion } = input;
  return runCommand(ctx, { name: 'change-zone', request: input }, async (tx) => {
    const zone = await lockZone(tx, zoneId);
    if (!zone) throw notFound('zone');
    const overlaps = await checkArea(tx, input, zoneId);
    const version = await writeZone(tx, zoneId, expectedVersion, input);
    if (version === null) throw overtaken(zone.version);
    return { zoneId, version, overlaps };
  });
}

export const RetireZoneInput = IdempotencyKey.extend({
  zoneId: z.uuid(),
  expectedVersion: z.number().int().min(1),
});

/** Takes a zone out of use. Refused while anything is delivered in it, or anybody belongs to it. */
export async function retireZone(
  ctx: ServiceContext,
  input: z.infer<typeof RetireZoneInput>,
): Promise<{ zoneId: string }> {
  requireRole(ctx, 'admin');
  const { zoneId, expectedVersion } = input;
  return runCommand(ctx, { name: 'retire-zone', request: input }, async (tx) => {
    const zone = await lockZone(tx, zoneId);
    if (!zone) throw notFound('zone');
    if (zone.version !== expectedVersion) throw overtaken(zone.version);
    const { openDeliveries, restaurants, drivers } = zone;
    if (openDeliveries > 0) {
      throw conflict({
        reason: 'zone_busy',
        message: 'Something is still being delivered in this zone.',
        hint: 'Wait until its deliveries are done, then retire it.',
        data: { openDeliveries },
      });
    }
    if (restaurants > 0 || drivers > 0) {
      throw conflict({
        reason: 'zone_in_use',
        message: 'Restaurants or drivers still belong to this zone.',
        hint: 'Move them to another zone first.',
        data: { restaurants, drivers },
      });
    }
    await retire(tx, zoneId, ctx.now());
    return { zoneId };
  });
}
