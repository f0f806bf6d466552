import { type Hours, spansOn } from './day-hours';
import type { EtaMinutes } from './eta';
import { isPaused } from './opening-hours';
import { addDays, localDay, momentOf } from './wall-clock';

/**
 * The windows that orders are promised in. They divide each local day from its midnight on, so that
 * every moment lies in exactly one, on days with a change of clocks too.
 */

const MINUTE_MS = 60_000;

/** An order as soon as possible is put off by a full kitchen for so long at the most, minutes. */
export const LONGEST_WAIT_MINUTES = 60;
/** A driver is searched for so long before the food is ready, minutes. */
export const SEARCH_LEAD_MINUTES = 12;

export type Window = { from: Date; to: Date };

export type Kitchen = Hours & {
  pausedUntil: string | null;
  slotMinutes: number;
  prepMinutes: number;
};

const later = (at: Date, minutes: number): Date => new Date(at.getTime() + minutes * MINUTE_MS);

/** When the kitchen is open on the days from `first` to `last`, as moments; what touches is one. */
function openings(kitchen: Kitchen, first: string, last: string): Window[] {
  const all: Window[] = [];
  for (let day = addDays(first, -1); day <= last; day = addDays(day, 1)) {
    for (const { start, end } of spansOn(kitchen, day)) {
      const { timeZone } = kitchen;
      all.push({ from: momentOf(day, start, timeZone), to: momentOf(day, end, timeZone) });
    }
  }
  all.sort((a, b) => a.from.getTime() - b.from.getTime());
  const merged: Window[] = [];
  for (const each of all) {
    const before = merged.at(-1);
    if (!before || each.from > before.to) merged.push({ ...each });
    else if (each.to > before.to) before.to = each.to;
  }
  return merged;
}

/** The windows of one local day, in their order; the last may be shorter. */
function windowsOf({ timeZone, slotMinutes }: Kitchen, day: string): Window[] {
  const end = momentOf(addDays(day, 1), 0, timeZone);
  const windows: Window[] = [];
  for (let from = momentOf(day, 0, timeZone); from < end; from = later(from, slotMinutes)) {
    const to = Math.min(later(from, slotMinutes).getTime(), end.getTime());
    windows.push({ from, to: new Date(to) });
  }
  return windows;
}

export type Day = { day: string; windows: Window[] };

/**
 * What can be ordered for, today and tomorrow: windows of full length inside the hours that leave the
 * kitchen `leadMinutes` from the first dish on the fire to the customer.
 */
export function slotDays(kitchen: Kitchen, leadMinutes: number, now: Date): Day[] {
  const { timeZone, slotMinutes, pausedUntil } = kitchen;
  const today = localDay(now, timeZone);
  const days = [today, addDays(today, 1)];
  const open = openings(kitchen, today, addDays(today, 1));
  const resumes = isPaused(kitchen, now) && pausedUntil ? new Date(pausedUntil) : now;
  const fits = ({ from, to }: Window) => {
    if (to.getTime() - from.getTime() < slotMinutes * MINUTE_MS) return false;
    const start = later(from, -leadMinutes);
    return (
      start >= now &&
      start >= resumes &&
      open.some((opening) => opening.from <= start && to <= opening.to)
    );
  };
  return days.map((day) => ({ day, windows: windowsOf(kitchen, day).filter(fits) }));
}

/** A window that an order without a slot may take, and by how many minutes that puts it off. */
export type AsapWindow = Window & { delayMinutes: number };

/**
 * The windows for an order that is wanted now and takes `leadMinutes`, the soonest first: as far as
 * the kitchen is still open for the cooking, and the wait is bearable.
 */
export function asapWindows(kitchen: Kitchen, leadMinutes: number, now: Date): AsapWindow[] {
  const today = localDay(now, kitchen.timeZone);
  const due = later(now, leadMinutes);
  const closes = openings(kitchen, today, addDays(today, 1)).find(
    ({ from, to }) => from <= now && now < to,
  )?.to;
  const last = localDay(later(due, LONGEST_WAIT_MINUTES), kitchen.timeZone);
  const found: AsapWindow[] = [];
  for (let day = localDay(due, kitchen.timeZone); day <= last; day = addDays(day, 1)) {
    for (const window of windowsOf(kitchen, day)) {
      if (window.to <= due) continue;
      const waitMs = Math.max(0, window.from.getTime() - due.getTime());
      const delayMinutes = Math.ceil(waitMs / MINUTE_MS);
      const cooked = later(now, delayMinutes + kitchen.prepMinutes);
      if (delayMinutes > LONGEST_WAIT_MINUTES) break;
      if (delayMinutes > 0 && closes && cooked > closes) break;
      found.push({ ...window, delayMinutes });
    }
  }
  return found;
}

/** Minutes from the fire to the customer, for planning: the middle of what is promised. */
export const leadMinutesOf = ({ from, to }: EtaMinutes): number => Math.ceil((from + to) / 2);

/** Minutes until an order can be fetched at the counter. */
export const pickupMinutes = (prepMinutes: number): EtaMinutes => ({
  from: Math.max(1, prepMinutes),
  to: Math.max(1, prepMinutes) + Math.max(2, Math.ceil(prepMinutes * 0.2)),
});

/** When the kitchen begins an order for `slot`: late enough to be fresh, early enough to be there. */
export const cookFrom = (slot: Window, leadMinutes: number): Date => later(slot.from, -leadMinutes);

/** When the search for a driver begins: at once, or in time for food that is ready at `readyAt`. */
export function searchFrom(readyAt: Date | null, now: Date): Date {
  const start = readyAt ? later(readyAt, -SEARCH_LEAD_MINUTES) : now;
  return start > now ? start : now;
}
