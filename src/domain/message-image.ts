import { z } from 'zod';
import { WRITERS } from './message';

/** What customer, driver and admin say to each other about one order. */
export const MessageImageSchema = z.object({
  id: z.string(),
  orderId: z.string(),
  senderId: z.string(),
  senderRole: z.enum(WRITERS),
  /** The key of a quick reply, said in the reader's language; null for what was typed. */
  quick: z.string().nullable(),
  body: z.string(),
  sentAt: z.string(),
});
export type MessageImage = z.infer<typeof MessageImageSchema>;
