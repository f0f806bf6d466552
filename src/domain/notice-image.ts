import { z } from 'zod';

/** A notice as it stands in the log when it was given up on, or somebody decided what becomes of it. */
export const NoticeImageSchema = z.object({
  id: z.string(),
  channel: z.string(),
  kind: z.string(),
  attempts: z.number().int(),
  error: z.string().nullable(),
  /** Why it was discarded. */
  reason: z.string().nullable(),
});
export type NoticeImage = z.infer<typeof NoticeImageSchema>;
