import { invalid, type Refusal } from './errors';

/** What can be shown by every browser, and told by its first bytes. */
export const PICTURE_TYPES = ['image/jpeg', 'image/png', 'image/webp'] as const;
export type PictureType = (typeof PICTURE_TYPES)[number];

/** Pixels. */
export type Picture = { type: PictureType; width: number; height: number };

const MEGABYTE = 1_024 * 1_024;
/** The largest picture that is taken, bytes. */
export const LARGEST_PICTURE_BYTES = 5 * MEGABYTE;
/** Pixels on each side: nothing that can't be made out, and nothing that bursts whoever opens it. */
const SMALLEST_SIDE = 40;
const LARGEST_SIDE = 8_000;

const ascii = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to));

const u16 = (bytes: Uint8Array, at: number): number =>
  ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
const u16Little = (bytes: Uint8Array, at: number): number =>
  (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
const u24Little = (bytes: Uint8Array, at: number): number =>
  u16Little(bytes, at) | ((bytes[at + 2] ?? 0) << 16);

/** PNG: a signature, then the header chunk (PNG specification, 5.2 and 11.2.2). */
function readPng(bytes: Uint8Array): Picture | null {
  const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
  const isPng = signature.every((byte, at) => bytes[at] === byte);
  if (!isPng || bytes.length < 33 || ascii(bytes, 12, 16) !== 'IHDR') return null;
  const side = (at: number) => u16(bytes, at) * 65_536 + u16(bytes, at + 2);
  return { type: 'image/png', width: side(16), height: side(20) };
}

/** Frame headers hold the size; these are none of them (ITU-T T.81, table B.1). */
const NO_FRAME = new Set([0xc4, 0xc8, 0xcc]);

function readJpeg(bytes: Uint8Array): Picture | null {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8 || bytes[2] !== 0xff) return null;
  let at = 2;
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
    } else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) {
      at += 2;
    } else if (marker >= 0xc0 && marker <= 0xcf && !NO_FRAME.has(marker)) {
      return { type: 'image/jpeg', width: u16(bytes, at + 7), height: u16(bytes, at + 5) };
    } else {
      const length = u16(bytes, at + 2);
      if (length < 2) return null;
      at += 2 + length;
    }
  }
  return null;
}

/** WebP in its three forms: lossy, lossless, extended (RFC 9649). */
function readWebp(bytes: Uint8Array): Picture | null {
  if (bytes.length < 30 || ascii(bytes, 0, 4) !== 'RIFF' || ascii(bytes, 8, 12) !== 'WEBP') {
    return null;
  }
  const type = 'image/webp';
  switch (ascii(bytes, 12, 16)) {
    case 'VP8 ':
      return {
        type,
        width: u16Little(bytes, 26) & 0x3fff,
        height: u16Little(bytes, 28) & 0x3fff,
      };
    case 'VP8L': {
      const bits = u16Little(bytes, 21) + u16Little(bytes, 23) * 65_536;
      return { type, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8X':
      return { type, width: u24Little(bytes, 24) + 1, height: u24Little(bytes, 27) + 1 };
    default:
      return null;
  }
}

export const pictureTooLarge = (largestBytes: number): Refusal => {
  const megabytes = Math.floor(largestBytes / MEGABYTE);
  return invalid({
    reason: 'photo_too_large',
    message: `This picture is larger than ${megabytes} MB.`,
    hint: 'Take it with a lower resolution.',
    data: { megabytes },
  });
};

export type PictureVerdict = { kind: 'image'; image: Picture } | { kind: 'no'; refusal: Refusal };

const no = (refusal: Refusal): PictureVerdict => ({ kind: 'no', refusal });

/** What these bytes are, whatever they call themselves; refuses what is no picture to look at. */
export function judgePicture(bytes: Uint8Array): PictureVerdict {
  if (bytes.length > LARGEST_PICTURE_BYTES) return no(pictureTooLarge(LARGEST_PICTURE_BYTES));
  const image = readJpeg(bytes) ?? readPng(bytes) ?? readWebp(bytes);
  if (!image) {
    return no(
      invalid({
        reason: 'not_a_photo',
        message: 'This is no picture that we can read.',
        hint: 'Take a photo with the camera: JPEG, PNG or WebP.',
      }),
    );
  }
  const sides = [image.width, image.height];
  if (sides.some((side) => side < SMALLEST_SIDE || side > LARGEST_SIDE)) {
    return no(
      invalid({
        reason: 'photo_size_odd',
        message: 'This picture is too small or too large to be looked at.',
        hint: `Take one of ${SMALLEST_SIDE} to ${LARGEST_SIDE} pixels on each side.`,
      }),
    );
  }
  return { kind: 'image', image };
}
