import { after } from 'next/server';

/** Does this once the answer is out, and keeps the function alive so long; at once outside of a request. */
export function afterAnswer(
  work: () => Promise<void>,
  onError: (error: unknown, where: string) => void,
): void {
  const safe = () => work().catch((error: unknown) => onError(error, 'after an answer'));
  try {
    after(safe);
  } catch {
    void safe();
  }
}
