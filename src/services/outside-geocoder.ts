import { z } from 'zod';
import { type GeoPoint, GeoPointSchema } from '@/domain/geo-point';
import { ADDRESSES_FOUND, type Address, addressWords, type Geocoder } from '@/domain/geocoding';
import { type Bucket, fullBucket, takeToken } from '@/domain/token-bucket';

const MAX_BODY_BYTES = 256 * 1_024;
/** After an error the service is left alone for so long, milliseconds. */
const REST_MS = 15_000;
const CACHED = 500;
const CACHED_MS = 10 * 60_000;

const Name = z
  .string()
  .max(200)
  .nullish()
  .transform((name) => name || undefined);
const NameParts = z.object({
  name: Name,
  housenumber: Name,
  street: Name,
  locality: Name,
  district: Name,
  city: Name,
});

/** Photon answers GeoJSON; Nominatim the same under `geocoding`, as `format=geocodejson`. */
const AnswerSchema = z.object({
  features: z
    .array(
      z.object({
        geometry: z.object({ coordinates: z.tuple([z.number(), z.number()]) }),
        properties: z.union([
          z.object({ geocoding: NameParts }).transform(({ geocoding }) => geocoding),
          NameParts,
        ]),
      }),
    )
    .max(100),
});

function addressesIn(answer: unknown): Address[] {
  return AnswerSchema.parse(answer).features.flatMap(({ geometry, properties }) => {
    const [lng, lat] = geometry.coordinates;
    const at = GeoPointSchema.safeParse({ lat, lng });
    const { name, housenumber, street, locality, district, city } = properties;
    const area = locality ?? district ?? city;
    const address = addressWords({ number: housenumber, street: street ?? name, area });
    return at.success && address ? [{ at: at.data, address }] : [];
  });
}

/** `signal` ends it: once the head has come `fetch` holds its own so weakly that a collection of garbage loses it. */
async function readCapped(response: Response, signal: AbortSignal): Promise<unknown> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body?.pipeThrough(new TransformStream(), { signal }) ?? []) {
    bytes += part.length;
    if (bytes > MAX_BODY_BYTES) throw new Error(`an answer of more than ${MAX_BODY_BYTES} bytes`);
    parts.push(part);
  }
  return JSON.parse(Buffer.concat(parts).toString('utf8'));
}

type Options = {
  /** Of the search: `…/api` of a Photon server, `…/search` of a Nominatim server. */
  url: string;
  timeoutMs?: number;
  perSecond: number;
  now?: () => number;
  onError: (error: unknown) => void;
};

/**
 * A Photon or Nominatim server, asked within a time, a size and a pace. Whenever it does not answer, and for
 * a while after that, the geocoder given answers instead.
 */
export function outsideGeocoder(options: Options): (fallback: Geocoder) => Geocoder {
  const { timeoutMs = 2_500, perSecond, now = Date.now, onError } = options;
  const searchUrl = new URL(options.url);
  const nominatim = searchUrl.pathname.endsWith('/search');
  const reverseUrl = new URL('reverse', searchUrl);
  // A key, if the address holds one.
  reverseUrl.search = searchUrl.search;
  const rule = { burst: Math.max(1, perSecond * 2), perSecond };
  let bucket: Bucket = fullBucket(rule, now());
  let restsUntil = 0;
  const cache = new Map<string, { addresses: Address[]; until: number }>();

  async function ask(base: URL, params: Record<string, string>): Promise<Address[] | null> {
    const url = new URL(base);
    for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value);
    if (nominatim) {
      url.searchParams.set('format', 'geocodejson');
      url.searchParams.set('addressdetails', '1');
    }
    const known = cache.get(url.href);
    if (known && known.until > now()) return known.addresses;
    const after = takeToken(bucket, rule, now());
    if (!after || now() < restsUntil) return null;
    bucket = after;
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const response = await fetch(url, {
        signal,
        redirect: 'error',
        headers: { accept: 'application/json', 'user-agent': 'Hotfoot' },
      });
      if (!response.ok) throw new Error(`the geocoder answered ${response.status}`);
      const addresses = addressesIn(await readCapped(response, signal));
      if (cache.size >= CACHED) cache.clear();
      cache.set(url.href, { addresses, until: now() + CACHED_MS });
      return addresses;
    } catch (error) {
      restsUntil = now() + REST_MS;
      onError(error);
      return null;
    }
  }

  const searchParams = (query: string, { lat, lng }: GeoPoint): Record<string, string> => {
    // A tenth of a degree is enough of a hint, and lets neighbours share an answer.
    const [x, y] = [Number(lng.toFixed(1)), Number(lat.toFixed(1))];
    const hint: Record<string, string> = nominatim
      ? { viewbox: [x - 0.5, y + 0.5, x + 0.5, y - 0.5].map((at) => at.toFixed(1)).join(',') }
      : { lat: `${y}`, lon: `${x}` };
    return { q: query, limit: `${ADDRESSES_FOUND}`, ...hint };
  };

  return (fallback) => ({
    async search(query, near) {
      const found = await ask(searchUrl, searchParams(query, near));
      return found?.slice(0, ADDRESSES_FOUND) ?? fallback.search(query, near);
    },
    async reverse(at) {
      const found = await ask(reverseUrl, { lat: at.lat.toFixed(5), lon: at.lng.toFixed(5) });
      return found ? (found[0] ?? null) : fallback.reverse(at);
    },
  });
}
