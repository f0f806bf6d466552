import { errors, jwtDecrypt } from 'jose';

/** As next-auth has it: by so much clocks may differ. */
const TOLERANCE_S = 15;
const KEY_BITS = 256;

async function deriveKey(secret: string): Promise<Uint8Array> {
  const bytes = (text: string) => new TextEncoder().encode(text);
  const base = await crypto.subtle.importKey('raw', bytes(secret), 'HKDF', false, ['deriveBits']);
  const info = bytes('NextAuth.js Generated Encryption Key');
  const how = { name: 'HKDF', hash: 'SHA-256', salt: bytes(''), info };
  return new Uint8Array(await crypto.subtle.deriveBits(how, base, KEY_BITS));
}

/** By secret: next-auth derives its key anew for each token, which is most of what opening one costs. */
const keys = new Map<string, Promise<Uint8Array>>();

function keyOf(secret: string): Promise<Uint8Array> {
  const key = keys.get(secret) ?? deriveKey(secret);
  keys.set(secret, key);
  return key;
}

/** What a token of next-auth's says, or null when it is forged, not in force, or not one at all. */
export async function openSealed(sealed: string, secret: string): Promise<unknown> {
  try {
    const { payload } = await jwtDecrypt(sealed, await keyOf(secret), {
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
