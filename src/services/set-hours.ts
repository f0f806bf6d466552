import { z } from 'zod';
import { updateRestaurant } from '@/db/queries/restaurant-edits';
import { findRestaurant } from '@/db/queries/restaurants';
import { notFound } from '@/domain/errors';
import { Text } from '@/domain/text';
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
});

/** Sets the hours of the week and the days that have others; days that are over are forgotten. */
export async function setHours(
  ctx: ServiceContext,
  input: z.infer<typeof SetHoursInput>,
): Promise<{ version: number }> {
  requireRole(ctx, 'admin');
  return runCommand(ctx, { name: 'set-hours', request: input }, async (tx) => {
    const { restaurantId, hours } = input;
    const restaurant = await findRestaurant(tx, { id: restaurantId });
    if (!restaurant) throw notFound('restaurant');
    // The night of yesterday may still be going on.
    const yesterday = addDays(localDay(ctx.now(), restaurant.timeZone), -1);
    const holidays = Object.fromEntries(
      Object.entries(input.holidays).filter(([day]) => day >= yesterday),
    );
    const version = await updateRestaurant(tx, input, { hours, holidays });
    if (version === null) throw await overtaken(tx, 'restaurant', restaurantId);
    return { version };
  });
}
