import { createECDH, randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { decryptAsBrowser } from './push-service.testing';
import { encryptForBrowser } from './web-push';

function browser() {
  const keys = createECDH('prime256v1');
  const p256dh = keys.generateKeys('base64url');
  const auth = randomBytes(16);
  return { keys, auth, public: { p256dh, auth: auth.toString('base64url') } };
}

it('what is encrypted for a browser is read by that browser alone', () => {
  const [mine, other] = [browser(), browser()];
  const sealed = encryptForBrowser(Buffer.from('{"title":"Nearly there"}'), mine.public);
  expect(decryptAsBrowser(sealed, mine.keys, mine.auth)).toBe('{"title":"Nearly there"}');
  expect(() => decryptAsBrowser(sealed, other.keys, other.auth)).toThrow();
  expect(sealed.toString('latin1')).not.toContain('Nearly');
});

it('the browser of the example of RFC 8291 reads the example', () => {
  // Appendix A: receiver's keys, auth secret and the message as it travels.
  const keys = createECDH('prime256v1');
  keys.setPrivateKey(Buffer.from('q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94', 'base64url'));
  const auth = Buffer.from('BTBZMqHH6r4Tts7J_aSIgg', 'base64url');
  const sealed = Buffer.from(
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
    'base64url',
  );
  expect(decryptAsBrowser(sealed, keys, auth)).toBe('When I grow up, I want to be a watermelon');
});

it('keys that are none are refused', () => {
  const { auth } = browser().public;
  expect(() => encryptForBrowser(Buffer.from('x'), { p256dh: 'AAAA', auth })).toThrow();
});
