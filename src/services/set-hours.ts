import { z } from 'zod';
import { isTimeZoneKnown, updateRestaurant } from '@/db/queries/restaurant-edits';
import { findRestaurant } from '@/db/queries/restaurants';
import { invalid, notFound } from '@/domain/errors';
import { Text } from '@/domain/text';
import { TimeZone } from '@/domain/time-zone';
import { addDays, localDay } from '@/domain/wall-clock';
import { runCommand } from './command';
import { requireRole, type ServiceContext } from './context';
import { SeenRestaurant } from './edit-restaurant';
import { overtaken } from './overtaken';

const Opens = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const Closes = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/);
const Span = z.object({ opens: Opens, closes: Closes });

const MOST_SPANS_A_DAY = 4;
const MOST_HOLIDAYS = 60;

export const SetHoursInput = SeenRestaurant.extend({
  hours: z.array(Span.extend({ day: z.number().int().min(1).max(7) })).max(7 * MOST_SPANS_A_DAY),
  holidays: z
    .record(
      z.iso.date(),
      z.object({ name: Text.trim().max(60), hours: z.array(Span).max(MOST_SPANS_A_DAY) }),
    )
    .refine((days) => Object.keys(days).length <= MOST_HOLIDAYS),
  /** On whose clock they are; left out: as before. */
  timeZone: TimeZone.optional(),
});

/**
 * Sets the hours of the week, the days that have others, and on whose clock they are. Days that are over
 * are forgotten; orders that stand keep the moments that they were promised.
 */
export async function setHours(
  ctx: ServiceContext,
  input: z.infer<typeof SetHoursInput>,
): Promise<{ version: number }> {
  requireRole(ctx, 'admin');
  return runCommand(ctx, { name: 'set-hours', request: input }, async (tx) => {
    const { restaurantId, hours, timeZone } = input;
    const restaurant = await findRestaurant(tx, { id: restaurantId });
    if (!restaurant) throw notFound('restaurant');
    if (timeZone && !(await isTimeZoneKnown(tx, timeZone))) {
      throw invalid({
        reason: 'time_zone_unknown',
        message: 'The database knows no such time zone.',
        hint: 'Choose another one with the same clock.',
      });
    }
    // The night of yesterday may still be going on.
    const yesterday = addDays(localDay(ctx.now(), timeZone ?? restaurant.timeZone), -1);
    const holidays = Object.fromEntries(
      Object.entries(input.holidays).filter(([day]) => day >= yesterday),
    );
    const version = await updateRestaurant(tx, input, { hours, holidays, timeZone });
    if (version === null) throw await overtaken(tx, 'restaurant', restaurantId);
    return { version };
  });
}
