import { z } from 'zod';

const TokenSchema = z.object({ token: z.string() });

/** What the test provider gives for one of its cards. */
export async function tokenise(url: string, number: string): Promise<{ token: string }> {
  const response = await fetch(`${url}/api/sandbox/cards`, {
    method: 'POST',
    body: JSON.stringify({ number, expiry: '12/34', code: '123' }),
  });
  return TokenSchema.parse(await response.json());
}
