import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, it } from 'vitest';
import type { Geocoder } from '@/domain/geocoding';
import { outsideGeocoder } from './outside-geocoder';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const near = { lat: 38.71, lng: -9.13 };
const ownAnswer = { at: near, address: 'from our own table' };
const own: Geocoder = {
  search: async () => [ownAnswer],
  reverse: async () => ownAnswer,
};

let stop: (() => void) | null = null;
afterEach(() => stop?.());

/** A geocoder that asks a server which answers so; `asked` are the addresses it was asked for. */
async function outside(answer: Answer, { path = '/api', perSecond = 100, timeoutMs = 5_000 } = {}) {
  const asked: string[] = [];
  const errors: unknown[] = [];
  let clock = 1_000_000;
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  stop = () => server.close();
  const { port } = server.address() as AddressInfo;
  const geocoder = outsideGeocoder({
    url: `http://127.0.0.1:${port}${path}`,
    timeoutMs,
    perSecond,
    now: () => clock,
    onError: (error) => errors.push(error),
  })(own);
  const later = (ms: number) => {
    clock += ms;
  };
  return { geocoder, asked, errors, later };
}

const feature = (properties: unknown, coordinates: unknown = [-9.1, 38.7]) => ({
  geometry: { type: 'Point', coordinates },
  properties,
});
const json =
  (body: unknown, status = 200): Answer =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
const door = feature({
  housenumber: '12',
  street: 'Rua Augusta',
  district: 'Baixa',
  city: 'Lisboa',
});
const at = { lat: 38.7, lng: -9.1 };

describe('an outside geocoder', () => {
  it('of the kind of Photon is asked and understood', async () => {
    const { geocoder, asked } = await outside(
      json({ features: [door, feature({ name: 'Castelo', city: 'Lisboa' }), feature({})] }),
    );
    expect(await geocoder.search('rua augusta 12', near)).toEqual([
      { at, address: '12 Rua Augusta, Baixa' },
      { at, address: 'Castelo, Lisboa' },
    ]);
    expect(asked).toEqual(['/api?q=rua+augusta+12&limit=6&lat=38.7&lon=-9.1']);
    expect(await geocoder.reverse(near)).toEqual({ at, address: '12 Rua Augusta, Baixa' });
    expect(asked[1]).toBe('/reverse?lat=38.71000&lon=-9.13000');
  });

  it('of the kind of Nominatim is asked and understood, with its key', async () => {
    const { geocoder, asked } = await outside(
      json({ features: [feature({ geocoding: door.properties })] }),
      { path: '/v1/search?key=s3' },
    );
    expect(await geocoder.search('augusta', near)).toEqual([
      { at, address: '12 Rua Augusta, Baixa' },
    ]);
    expect(asked[0]).toMatch(
      /^\/v1\/search\?key=s3&q=augusta&limit=6&viewbox=.*&format=geocodejson/,
    );
    await geocoder.reverse(near);
    expect(asked[1]).toMatch(/^\/v1\/reverse\?key=s3&lat=38.71000&lon=-9.13000&format=geocodejson/);
  });

  it('that finds nothing is believed', async () => {
    const { geocoder } = await outside(json({ features: [] }));
    expect(await geocoder.search('nothing', near)).toEqual([]);
    expect(await geocoder.reverse(near)).toBeNull();
  });

  it('is not asked the same twice within minutes', async () => {
    const { geocoder, asked, later } = await outside(json({ features: [door] }));
    await geocoder.search('augusta', near);
    await geocoder.search('augusta', { lat: 38.72, lng: -9.12 });
    expect(asked).toHaveLength(1);
    later(11 * 60_000);
    await geocoder.search('augusta', near);
    expect(asked).toHaveLength(2);
  });

  it.each<[string, Answer]>([
    ['fails', json({ features: [door] }, 500)],
    ['refuses', json({ features: [door] }, 429)],
    ['says something else', json({ found: [door] })],
    ['says nonsense', (_, response) => response.end('<html>')],
    ['puts a door nowhere', json({ features: [feature(door.properties, ['a', 'b'])] })],
    ['sends us elsewhere', (_, response) => response.writeHead(302, { location: '/other' }).end()],
    ['hangs up', (request) => request.socket.destroy()],
    ['says nothing', () => undefined],
    ['never ends', (_, response) => response.write('{"features": [')],
    ['says too much', (_, response) => response.end(`"${'x'.repeat(300_000)}"`)],
  ])('that %s is replaced by our own table, and left alone for a while', async (_, answer) => {
    const { geocoder, asked, errors, later } = await outside(answer, { timeoutMs: 500 });
    expect(await geocoder.search('augusta', near)).toEqual([ownAnswer]);
    expect(await geocoder.reverse(near)).toEqual(ownAnswer);
    expect(asked).toHaveLength(1);
    expect(errors).toHaveLength(1);
    later(16_000);
    await geocoder.search('augusta', near);
    expect(asked.length).toBeGreaterThan(1);
  });

  it('that never ends is given up however often memory is cleaned up meanwhile', async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage: () => void = runInNewContext('gc');
    const { geocoder } = await outside((_, response) => response.write('{"features": ['), {
      timeoutMs: 500,
    });
    const cleaning = setInterval(collectGarbage, 10);
    try {
      expect(await geocoder.search('augusta', near)).toEqual([ownAnswer]);
    } finally {
      clearInterval(cleaning);
    }
  });

  it('leaves out doors that are off the map', async () => {
    const { geocoder } = await outside(
      json({ features: [feature(door.properties, [-9.1, 95]), door] }),
    );
    expect(await geocoder.search('augusta', near)).toHaveLength(1);
  });

  it('is not asked faster than it allows: our own table answers the rest', async () => {
    const { geocoder, asked, later } = await outside(json({ features: [door] }), { perSecond: 1 });
    for (let n = 0; n < 10; n += 1) await geocoder.search(`street ${n}`, near);
    expect(asked).toHaveLength(2);
    later(1_000);
    await geocoder.search('another street', near);
    expect(asked).toHaveLength(3);
  });
});
