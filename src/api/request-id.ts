import { v7 as uuidv7 } from 'uuid';

export const REQUEST_ID = 'x-request-id';

/** One that the client made, if it can be printed; else a fresh one. */
export const requestIdOf = (given: string | null | undefined): string =>
  given && /^[\w.:-]{1,64}$/.test(given) ? given : uuidv7();
