import { hkdfSync } from 'node:crypto';
import { errors, jwtDecrypt } from 'jose';

/** As next-auth has it: by so much clocks may differ. */
const TOLERANCE_S = 15;

/** By secret: next-auth derives its key anew for each token, which is most of what opening one costs. */
const keys = new Map<string, Uint8Array>();

function keyOf(secret: string): Uint8Array {
  const known = keys.get(secret);
  if (known) return known;
  const info = 'NextAuth.js Generated Encryption Key';
  const key = new Uint8Array(hkdfSync('sha256', secret, '', info, 32));
  keys.set(secret, key);
  return key;
}

/** What a token of next-auth's says, or null when it is forged, not in force, or not one at all. */
export async function openSealed(sealed: string, secret: string): Promise<unknown> {
  try {
    const { payload } = await jwtDecrypt(sealed, keyOf(secret), {
      clockTolerance: TOLERANCE_S,
      keyManagementAlgorithms: ['dir'],
      contentEncryptionAlgorithms: ['A256GCM'],
    });
    return payload;
  } catch (cause) {
    if (cause instanceof errors.JOSEError) return null;
    throw cause;
  }
}
