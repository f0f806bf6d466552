import { hash, verify } from '@node-rs/argon2';

/** argon2id with the least memory and passes that OWASP recommends (19 MiB, 2, 1). */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => hash(password, PARAMETERS);

/** A hash of nothing, so that an unknown e-mail takes as long as a wrong password. */
let decoy: Promise<string> | undefined;

/** Whether the password fits; takes the same time when there is no such user. */
export async function passwordFits(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('decoy');
  const fits = await verify(stored ?? (await decoy), password);
  return stored !== null && fits;
}
