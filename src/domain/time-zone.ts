import { z } from 'zod';

const isTimeZone = (name: string): boolean => {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
};

/** By its name, like Europe/Lisbon. */
export const TimeZone = z.string().max(60).refine(isTimeZone, 'There is no such time zone.');
