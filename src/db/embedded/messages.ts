import { z } from 'zod';

/** What start.ts tells the database process, over its IPC channel. */
export const ToProcess = z.object({ type: z.literal('start'), password: z.string().min(1) });
export type ToProcess = z.infer<typeof ToProcess>;

/** What the database process says back, once. */
export const FromProcess = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), port: z.int() }),
  z.object({ type: z.literal('failed'), message: z.string() }),
]);
export type FromProcess = z.infer<typeof FromProcess>;

/** The one role and the one database. */
export const ROLE = 'postgres';
export const DATABASE = 'postgres';
