import { z } from 'zod';
import type { Place } from '@/db/queries/nearby';
import { invalid } from '@/domain/errors';
import type { NearbySort } from '@/domain/restaurant';

/** Where a list goes on, and the moment that its first page was made for: what opens later stays put. */
type ListCursor = { sort: NearbySort; moment: Date; after: Place };

const CursorSchema = z.tuple([
  z.string(),
  z.number().int(),
  z.number().int().min(0).max(2),
  z.number(),
  z.number().min(0),
  z.uuid(),
]);

export function writeListCursor({ sort, moment, after }: ListCursor): string {
  const { rank, key, distanceM, id } = after;
  return Buffer.from(JSON.stringify([sort, moment.getTime(), rank, key, distanceM, id])).toString(
    'base64url',
  );
}

function parse(text: string): z.infer<typeof CursorSchema> | null {
  try {
    return CursorSchema.parse(JSON.parse(Buffer.from(text, 'base64url').toString('utf8')));
  } catch {
    return null;
  }
}

/** Null from the start of the list. Refuses what is no cursor of a list in this order. */
export function readListCursor(
  text: string | null | undefined,
  sort: NearbySort,
): Omit<ListCursor, 'sort'> | null {
  if (!text) return null;
  const cursor = parse(text);
  const moment = new Date(cursor?.[1] ?? Number.NaN);
  if (!cursor || cursor[0] !== sort || Number.isNaN(moment.getTime())) {
    throw invalid({
      reason: 'cursor_unknown',
      message: 'This is not a place in this list.',
      hint: 'Start again from the top of the list.',
    });
  }
  const [, , rank, key, distanceM, id] = cursor;
  return { moment, after: { rank, key, distanceM, id } };
}
