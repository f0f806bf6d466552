import type { Queryable } from '@/db/client';
import { latestPreparations, quoteSurroundings, readCalibrations } from '@/db/queries/eta';
import { takenWindows } from '@/db/queries/kitchen-windows';
import { conflict, type Refusal } from '@/domain/errors';
import {
  type EtaMinutes,
  kitchenPace,
  type Prediction,
  predictQuote,
  type QuoteAround,
  quoteMinutes,
} from '@/domain/eta';
import { type Calibrations, windowMinutes } from '@/domain/eta-window';
import { isOpenAt, opensAt } from '@/domain/opening-hours';
import type { FULFILMENTS } from '@/domain/order';
import type { RestaurantImage } from '@/domain/restaurant';
import {
  type AsapWindow,
  asapWindows,
  cookFrom,
  type Day,
  leadMinutesOf,
  pickupMinutes,
  slotDays,
  type Window,
} from '@/domain/slots';
import { driversAround } from './drivers-around';

/** Where room is taken in the kitchen for an order, and how long it takes. */
export type Timing = {
  /** The windows that may be taken, the soonest first; the slot alone where one was chosen. */
  windows: AsapWindow[];
  slot: Window | null;
  /** By how much the first window with room puts the order off. */
  delayMinutes: number;
  /** From the fire to the customer, if nothing is in the way. */
  plainEta: EtaMinutes;
  /** What `plainEta` was made from; null for what is fetched or wanted later. */
  quote: Quote | null;
};

/** What the customer is told, and when the kitchen begins: by the slot, or by the wait for room. */
export function promiseOf({ slot, plainEta }: Timing, delayMinutes: number, now: Date) {
  const inMinutes = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
  const eta = { from: plainEta.from + delayMinutes, to: plainEta.to + delayMinutes };
  if (slot) {
    return {
      eta,
      slotFrom: slot.from,
      slotTo: slot.to,
      cookFrom: cookFrom(slot, leadMinutesOf(plainEta)),
      promisedFrom: slot.from,
      promisedTo: slot.to,
    };
  }
  return {
    eta,
    slotFrom: null,
    slotTo: null,
    cookFrom: delayMinutes > 0 ? inMinutes(delayMinutes) : null,
    promisedFrom: inMinutes(eta.from),
    promisedTo: inMinutes(eta.to),
  };
}

const slotUnavailable = () =>
  conflict({
    reason: 'slot_unavailable',
    message: 'This time can’t be ordered for any more.',
    hint: 'Choose another time.',
  });

export const slotFull = () =>
  conflict({
    reason: 'slot_full',
    message: 'This time has just filled up.',
    hint: 'Choose another time.',
  });

export const kitchenFull = () =>
  conflict({
    reason: 'kitchen_full',
    message: 'The kitchen has all it can cook for the next hour.',
    hint: 'Choose a later time, or another restaurant.',
  });

/** The slots of a kitchen with room or without, and the terms that they were found by. */
export async function readSlots(
  db: Queryable,
  restaurant: RestaurantImage,
  leadMinutes: number,
  now: Date,
): Promise<{ days: Day[]; isFull: (window: Window) => boolean }> {
  const days = slotDays(restaurant, leadMinutes, now);
  return { days, isFull: await readRoom(db, restaurant, now) };
}

/** Which windows of a kitchen are full. */
async function readRoom(
  db: Queryable,
  { id, slotCapacity: capacity }: RestaurantImage,
  now: Date,
): Promise<(window: Window) => boolean> {
  if (capacity === 0) return () => false;
  const until = new Date(now.getTime() + 3 * 86_400_000);
  const from = new Date(now.getTime() - 86_400_000);
  const taken = await takenWindows(db, id, from, until);
  return (window) => (taken.get(window.from.getTime()) ?? 0) >= capacity;
}

/** Minutes from the fire to the customer, if nothing is in the way: for later, nobody knows more. */
export const etaOf = (
  restaurant: Pick<RestaurantImage, 'prepMinutes'>,
  fulfilment: (typeof FULFILMENTS)[number],
  distanceM: number,
): EtaMinutes =>
  fulfilment === 'pickup'
    ? pickupMinutes(restaurant.prepMinutes)
    : quoteMinutes(restaurant.prepMinutes, distanceM);

export type Quote = { prediction: Prediction; around: QuoteAround };

/** What a quote for now is made from, besides the way: the kitchen, the drivers and what history says. */
export type Surroundings = { around: QuoteAround; calibrations: Calibrations };

/** Null where there is no such restaurant. */
export async function readSurroundings(
  db: Queryable,
  restaurantId: string,
): Promise<Surroundings | null> {
  const [latest, queues, calibrations] = await Promise.all([
    latestPreparations(db, [restaurantId]),
    quoteSurroundings(db, restaurantId),
    readCalibrations(db),
  ]);
  if (!queues) return null;
  const { zoneId, ...ahead } = queues;
  const { free, online } = await driversAround(db, zoneId);
  const preparations = latest.get(restaurantId);
  const pace = preparations ? kitchenPace(preparations) : 1;
  const around = { ...ahead, freeDrivers: free, onlineDrivers: online, kitchenPace: pace };
  return { around, calibrations };
}

/** Minutes to the door of an order placed now. */
export function quoteNow(
  { prepMinutes }: Pick<RestaurantImage, 'prepMinutes'>,
  distanceM: number,
  { around, calibrations }: Surroundings,
): { eta: EtaMinutes; quote: Quote } {
  const prediction = predictQuote(prepMinutes, distanceM, around);
  return { eta: windowMinutes(prediction, calibrations), quote: { prediction, around } };
}

/** When an order would be there: in the slot that begins at `slotFrom`, or as soon as possible. */
export async function examineTime(
  db: Queryable,
  restaurant: RestaurantImage,
  slotFrom: string | null,
  { eta: plainEta, quote }: { eta: EtaMinutes; quote: Quote | null },
  now: Date,
): Promise<{ timing: Timing; refused: Refusal | null }> {
  const leadMinutes = leadMinutesOf(plainEta);
  if (slotFrom !== null) {
    const { days, isFull } = await readSlots(db, restaurant, leadMinutes, now);
    const wanted = new Date(slotFrom).getTime();
    const slot =
      days.flatMap(({ windows }) => windows).find(({ from }) => from.getTime() === wanted) ?? null;
    const windows = slot ? [{ ...slot, delayMinutes: 0 }] : [];
    const refused = slot ? (isFull(slot) ? slotFull() : null) : slotUnavailable();
    return { timing: { windows, slot, delayMinutes: 0, plainEta, quote }, refused };
  }
  const isFull = await readRoom(db, restaurant, now);
  const windows = asapWindows(restaurant, leadMinutes, now);
  const first = windows.find((window) => !isFull(window));
  const timing = { windows, slot: null, delayMinutes: first?.delayMinutes ?? 0, plainEta, quote };
  if (isOpenAt(restaurant, now)) return { timing, refused: first ? null : kitchenFull() };
  const refused = conflict({
    reason: 'restaurant_closed',
    message: `${restaurant.name} takes no orders now.`,
    hint: 'Choose a later time or another restaurant, or come back when it opens.',
    data: { opensAt: opensAt(restaurant, now)?.toISOString() ?? null },
  });
  return { timing, refused };
}
