import { z } from 'zod';
import { findOrderTerms } from '@/db/queries/order-terms';
import { notFound } from '@/domain/errors';
import { leadMinutesOf } from '@/domain/slots';
import type { ServiceContext } from './context';
import { CartInput } from './examine-order';
import {
  etaOf,
  examineTime,
  promiseOf,
  quoteNow,
  readSlots,
  readSurroundings,
} from './examine-time';

export const ListSlotsInput = z.object({
  restaurantId: CartInput.shape.restaurantId,
  fulfilment: CartInput.shape.fulfilment,
  dropoff: CartInput.shape.dropoff,
});

/** The times that can be ordered for today and tomorrow, by local day, and whether *now* is one. */
export async function listSlots(ctx: ServiceContext, input: z.infer<typeof ListSlotsInput>) {
  const terms = await findOrderTerms(ctx.db, input.restaurantId, input.dropoff);
  if (!terms) throw notFound('restaurant');
  const { restaurant } = terms;
  const now = ctx.now();
  const eta = etaOf(restaurant, input.fulfilment, terms.distanceM);
  const around =
    input.fulfilment === 'pickup' ? null : await readSurroundings(ctx.db, restaurant.id);
  const soonest = around ? quoteNow(restaurant, terms.distanceM, around) : { eta, quote: null };
  const { timing, refused } = await examineTime(ctx.db, restaurant, null, soonest, now);
  const { days, isFull } = await readSlots(ctx.db, restaurant, leadMinutesOf(eta), now);
  return {
    timeZone: restaurant.timeZone,
    /** Minutes until an order without a slot is there; null when none is taken now. */
    soonest: refused ? null : promiseOf(timing, timing.delayMinutes, now).eta,
    days: days.map(({ day, windows }) => ({
      day,
      slots: windows.map((window) => ({
        from: window.from.toISOString(),
        to: window.to.toISOString(),
        full: isFull(window),
      })),
    })),
  };
}
