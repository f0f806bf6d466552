import { v7 as uuidv7 } from 'uuid';

/** A fresh idempotency key. A button keeps one until its mutation has answered. */
export const newKey = (): string => uuidv7();
