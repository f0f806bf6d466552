import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgePicture, LARGEST_PICTURE_BYTES } from './picture';
import { makePng } from './picture.testing';

const outcomeOf = (bytes: Uint8Array) => {
  const verdict = judgePicture(bytes);
  return verdict.kind === 'no' ? verdict.refusal.reason : verdict.image;
};

/** A JPEG up to its frame header: a comment segment stands before it, as cameras write them. */
const jpeg = (width: number, height: number) =>
  Buffer.from([
    ...[0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xff, 0xc0, 0, 11, 8],
    ...[height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0, 0xff, 0xd9],
  ]);

const webp = (form: string, tail: number[]) =>
  Buffer.concat([
    Buffer.from('RIFF\0\0\0\0WEBP'),
    Buffer.from(form),
    Buffer.from([0, 0, 0, 0, ...tail, ...Array(20).fill(0)]),
  ]);

describe('a picture is known by its bytes', () => {
  it('PNG', () => {
    expect(outcomeOf(makePng(640, 480))).toEqual({ type: 'image/png', width: 640, height: 480 });
  });
  it('JPEG', () => {
    expect(outcomeOf(jpeg(1_280, 960))).toEqual({ type: 'image/jpeg', width: 1_280, height: 960 });
  });
  it('WebP, lossy, lossless and extended', () => {
    const size = { type: 'image/webp', width: 640, height: 480 };
    const lossy = [0, 0, 0, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0xe0, 0x01];
    expect(outcomeOf(webp('VP8 ', lossy))).toEqual(size);
    const bits = 639 | (479 << 14);
    const packed = [bits & 255, (bits >> 8) & 255, (bits >> 16) & 255, bits >>> 24];
    expect(outcomeOf(webp('VP8L', [0x2f, ...packed]))).toEqual(size);
    expect(outcomeOf(webp('VP8X', [0, 0, 0, 0, 639 & 255, 2, 0, 479 & 255, 1, 0]))).toEqual(size);
  });
});

describe('is refused', () => {
  it.each<[string, Uint8Array, string]>([
    ['nothing', new Uint8Array(), 'not_a_photo'],
    ['text', Buffer.from('this is a photo, honestly'), 'not_a_photo'],
    ['a page', Buffer.from('<html><script>alert(1)</script></html>'.repeat(3)), 'not_a_photo'],
    ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'not_a_photo'],
    ['a GIF', Buffer.from(`GIF89a${'\0'.repeat(40)}`), 'not_a_photo'],
    ['a JPEG that ends before its frame', jpeg(640, 480).subarray(0, 12), 'not_a_photo'],
    ['a PNG without its header', makePng(640, 480).subarray(0, 14), 'not_a_photo'],
    ['a picture of one pixel', makePng(1, 1), 'photo_size_odd'],
    ['a picture as wide as a wall', jpeg(20_000, 100), 'photo_size_odd'],
    ['a file that is too large', new Uint8Array(LARGEST_PICTURE_BYTES + 1), 'photo_too_large'],
  ])('%s', (_, bytes, reason) => expect(outcomeOf(bytes)).toBe(reason));
});

it('no bytes make it stumble', () => {
  const start = fc.constantFrom(jpeg(640, 480), makePng(64, 64), webp('VP8L', [0x2f]));
  fc.assert(
    fc.property(start, fc.uint8Array({ maxLength: 200 }), fc.nat(40), (head, noise, at) => {
      const bytes = new Uint8Array([...head.subarray(0, at), ...noise]);
      expect(outcomeOf(bytes)).toBeDefined();
    }),
  );
});
