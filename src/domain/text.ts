import { z } from 'zod';

/** Text that people type. Everything but the one character that PostgreSQL can't store. */
export const Text = z
  .string()
  .refine((text) => !text.includes('\0'), 'This holds a character that can’t be used.');
