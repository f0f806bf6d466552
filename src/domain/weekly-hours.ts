import { z } from 'zod';

const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/);

/** Weekly hours in the restaurant's own zone. `closes` at or before `opens` runs past midnight. */
export const WeeklyHoursSchema = z.array(
  z.object({
    /** ISO weekday, 1 = Monday … 7 = Sunday. */
    day: z.number().int().min(1).max(7),
    opens: Clock,
    closes: Clock,
  }),
);
export type WeeklyHours = z.infer<typeof WeeklyHoursSchema>;

/**
 * Days on which other hours count than those of the week, by their date in the restaurant's zone; none
 * is closed. What begins on a day belongs to it, also where it ends after midnight.
 */
export const HolidaysSchema = z.record(
  z.iso.date(),
  z.object({
    /** Said to people, "Christmas"; may be empty. */
    name: z.string(),
    hours: z.array(z.object({ opens: Clock, closes: Clock })),
  }),
);
export type Holidays = z.infer<typeof HolidaysSchema>;
