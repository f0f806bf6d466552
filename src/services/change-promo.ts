import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Transaction } from '@/db/client';
import {
  currenciesInUse,
  insertPromo,
  type ListedPromo,
  lockPromo,
  listPromos as read,
  changePromo as write,
} from '@/db/queries/promo-terms';
import { findRestaurant } from '@/db/queries/restaurants';
import { conflict, invalid, notFound } from '@/domain/errors';
import { normalCode, PROMO_KINDS } from '@/domain/promo';
import { Text } from '@/domain/text';
import { IdempotencyKey, runCommand } from './command';
import { requireRole, type ServiceContext } from './context';

const Money = z.number().int().min(0).max(10_000_000);
const Moment = z.iso.datetime({ offset: true }).nullable();
const Limit = z.number().int().min(1, 'At least one use.').max(10_000_000).nullable();

/** What may be changed of a code that people have already. */
const Limits = z.object({
  minimumSubtotal: Money,
  startsAt: Moment,
  endsAt: Moment,
  limitPerPerson: Limit,
  limitTotal: Limit,
});

export const MakePromoInput = IdempotencyKey.extend({
  ...Limits.shape,
  code: Text.transform(normalCode).pipe(
    z.string().regex(/^[A-Z0-9-]{3,24}$/, '3 to 24 letters, digits or hyphens.'),
  ),
  kind: z.enum(PROMO_KINDS),
  /** Whole percent, or minor units; nothing for free delivery. */
  value: z.number().int().min(0).max(10_000_000),
  currency: z.string().regex(/^[A-Z]{3}$/, 'Three letters, like EUR.'),
  maximumDiscount: Money.min(1).nullable(),
  /** The only one where it is good; null: everywhere. */
  restaurantId: z.uuid().nullable().default(null),
});

const toPromo = ({ startsAt, endsAt, disabledAt, createdAt, ...rest }: ListedPromo) => ({
  ...rest,
  startsAt: startsAt?.toISOString() ?? null,
  endsAt: endsAt?.toISOString() ?? null,
  disabledAt: disabledAt?.toISOString() ?? null,
  createdAt: createdAt.toISOString(),
});
export type PromoTerms = ReturnType<typeof toPromo>;

/** Every code with its use, and the currencies that a new one may be in. */
export async function listPromos(
  ctx: ServiceContext,
): Promise<{ promos: PromoTerms[]; currencies: string[] }> {
  requireRole(ctx, 'admin');
  return {
    promos: (await read(ctx.db)).map(toPromo),
    currencies: await currenciesInUse(ctx.db),
  };
}

const moment = (text: string | null): Date | null => (text === null ? null : new Date(text));

function limitsOf({ startsAt, endsAt, ...rest }: z.infer<typeof Limits>) {
  const times = { startsAt: moment(startsAt), endsAt: moment(endsAt) };
  if (times.startsAt && times.endsAt && times.endsAt <= times.startsAt) {
    throw invalid({
      reason: 'promo_ends_first',
      message: 'The code would end before it begins.',
      hint: 'Choose a later end.',
    });
  }
  return { ...rest, ...times };
}

async function checkRestaurant(tx: Transaction, id: string, currency: string): Promise<void> {
  const restaurant = await findRestaurant(tx, { id });
  if (!restaurant) throw notFound('restaurant');
  if (restaurant.currency === currency) return;
  throw invalid({
    reason: 'promo_other_currency',
    message: `At ${restaurant.name} people pay in ${restaurant.currency}.`,
    hint: 'Choose that currency, or another restaurant.',
    data: { restaurant: restaurant.name, currency: restaurant.currency },
  });
}

/** Makes a code that customers can type from now on, or from its start. */
export async function makePromo(
  ctx: ServiceContext,
  input: z.infer<typeof MakePromoInput>,
): Promise<{ promoId: string }> {
  requireRole(ctx, 'admin');
  const { code, kind, currency, maximumDiscount, restaurantId } = input;
  const value = kind === 'free_delivery' ? 0 : input.value;
  if (kind !== 'free_delivery' && (value === 0 || (kind === 'percent' && value > 100))) {
    throw invalid({
      reason: 'promo_value',
      message: 'This code would take off nothing, or more than there is.',
      hint: 'A percentage is 1 to 100, an amount more than nothing.',
    });
  }
  const limits = limitsOf(input);
  return runCommand(ctx, { name: 'make-promo', request: input }, async (tx) => {
    if (restaurantId) await checkRestaurant(tx, restaurantId, currency);
    const id = uuidv7();
    const terms = { id, code, kind, value, currency, maximumDiscount, restaurantId, ...limits };
    if (!(await insertPromo(tx, terms))) {
      throw conflict({
        reason: 'promo_taken',
        message: 'There is such a code already.',
        hint: 'Choose another word.',
      });
    }
    return { promoId: id };
  });
}

const Versioned = IdempotencyKey.extend({
  promoId: z.uuid(),
  /** The version on the admin's screen: two of them can't overwrite each other. */
  expectedVersion: z.number().int().min(1),
});

export const ChangePromoInput = Versioned.extend(Limits.shape);
export const StopPromoInput = Versioned.extend({ stopped: z.boolean() });

async function compareAndSet(
  tx: Transaction,
  { promoId, expectedVersion }: z.infer<typeof Versioned>,
  change: Parameters<typeof write>[3],
): Promise<{ promoId: string; version: number }> {
  const version = await write(tx, promoId, expectedVersion, change);
  if (version !== null) return { promoId, version };
  throw conflict({
    reason: 'promo_changed',
    message: 'Somebody else has changed this code meanwhile.',
    hint: 'Look at it as it is now and decide again.',
  });
}

/** Changes from when to when, from what sum on, and how often a code is good. */
export async function changePromo(
  ctx: ServiceContext,
  input: z.infer<typeof ChangePromoInput>,
): Promise<{ promoId: string; version: number }> {
  requireRole(ctx, 'admin');
  const { startsAt, endsAt, limitPerPerson, limitTotal, minimumSubtotal } = input;
  const limits = limitsOf({ startsAt, endsAt, limitPerPerson, limitTotal, minimumSubtotal });
  return runCommand(ctx, { name: 'change-promo', request: input }, async (tx) => {
    const promo = await lockPromo(tx, input.promoId);
    if (!promo) throw notFound('promo');
    if (limitTotal !== null && limitTotal < promo.used) {
      throw invalid({
        reason: 'promo_limit_below_use',
        message: 'The code has been used more often than that already.',
        hint: 'Choose a higher limit, or stop the code.',
        data: { used: promo.used },
      });
    }
    return compareAndSet(tx, input, limits);
  });
}

/** Stops a code at once, or lets it be used again. Orders that used it keep their discount. */
export async function stopPromo(
  ctx: ServiceContext,
  input: z.infer<typeof StopPromoInput>,
): Promise<{ promoId: string; version: number }> {
  requireRole(ctx, 'admin');
  return runCommand(ctx, { name: 'stop-promo', request: input }, async (tx) => {
    if (!(await lockPromo(tx, input.promoId))) throw notFound('promo');
    return compareAndSet(tx, input, { disabledAt: input.stopped ? ctx.now() : null });
  });
}
