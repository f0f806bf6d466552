import { createDecipheriv, hkdfSync } from 'node:crypto';
import { z } from 'zod';

/** The one kind of encrypted JWT (RFC 7516, compact) that next-auth makes: direct key, AES-256-GCM. */
const HeaderSchema = z.strictObject({ alg: z.literal('dir'), enc: z.literal('A256GCM') });
const TimesSchema = z.looseObject({ exp: z.number(), nbf: z.number().optional() });

const IV_BYTES = 12;
const TAG_BYTES = 16;
/** By so much clocks may differ, as next-auth has it. */
const TOLERANCE_S = 15;

/** By secret: next-auth derives its key anew for each token, which is most of what opening one costs. */
const keys = new Map<string, Buffer>();

function keyOf(secret: string): Buffer {
  const known = keys.get(secret);
  if (known) return known;
  const info = 'NextAuth.js Generated Encryption Key';
  const key = Buffer.from(hkdfSync('sha256', secret, '', info, 32));
  keys.set(secret, key);
  return key;
}

function decrypt(sealed: string, secret: string): unknown {
  const [header = '', key, iv = '', text = '', tag = '', ...more] = sealed.split('.');
  if (key !== '' || more.length > 0) return null;
  const bytes = (part: string) => Buffer.from(part, 'base64url');
  const [nonce, proof] = [bytes(iv), bytes(tag)];
  if (nonce.length !== IV_BYTES || proof.length !== TAG_BYTES) return null;
  HeaderSchema.parse(JSON.parse(bytes(header).toString()));
  const decipher = createDecipheriv('aes-256-gcm', keyOf(secret), nonce);
  decipher.setAAD(Buffer.from(header, 'latin1')).setAuthTag(proof);
  return JSON.parse(Buffer.concat([decipher.update(bytes(text)), decipher.final()]).toString());
}

/** What such a token says, or null when it is forged, not in force, or not one at all. */
export function openSealed(sealed: string, secret: string): unknown {
  let content: unknown;
  try {
    content = decrypt(sealed, secret);
  } catch {
    return null;
  }
  const times = TimesSchema.safeParse(content);
  if (!times.success) return null;
  const { exp, nbf = 0 } = times.data;
  const seconds = Math.floor(Date.now() / 1_000);
  return exp > seconds - TOLERANCE_S && nbf <= seconds + TOLERANCE_S ? times.data : null;
}
