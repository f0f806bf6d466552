import { describe, expect, it } from 'vitest';
import { destinationPoint } from './geo';
import { DRIVER, minute, offerImage, orderEvent, orderImage } from './images.testing';
import { type Crumb, ridesOf, tellStory } from './order-story';

const START = { lat: 38.7, lng: -9.1 };
/** A point of Dee's way, so many seconds after the start and metres to the north. */
const crumb = (seconds: number, meters: number, change: Partial<Crumb> = {}): Crumb => ({
  driverId: DRIVER.userId,
  driverName: DRIVER.name,
  at: destinationPoint(START, 0, meters),
  recordedAt: minute(seconds / 60),
  ...change,
});
const lengths = (crumbs: Crumb[], steps: string[] = []) =>
  ridesOf(crumbs, steps).map(({ meters }) => Math.round(meters));

describe('a driver’s way', () => {
  it.each<[string, Crumb[], string[], number[]]>([
    ['is one ride', [crumb(0, 0), crumb(60, 300), crumb(120, 600)], [], [600]],
    [
      'is as long as it is, there and back',
      [crumb(0, 0), crumb(60, 300), crumb(120, 0)],
      [],
      [600],
    ],
    [
      'is cut at a step of the delivery',
      [crumb(0, 0), crumb(60, 300), crumb(90, 320), crumb(150, 500)],
      [minute(1.2)],
      [300, 180],
    ],
    [
      'is cut where nothing was heard for long',
      [crumb(0, 0), crumb(60, 300), crumb(600, 900), crumb(660, 1_000)],
      [],
      [300, 100],
    ],
    [
      'is each driver’s own',
      [
        crumb(0, 0),
        crumb(60, 300),
        crumb(70, 0, { driverId: 'otto' }),
        crumb(90, 50, { driverId: 'otto' }),
      ],
      [],
      [300, 50],
    ],
    ['is none from one point', [crumb(0, 0)], [], []],
    ['is none from nothing', [], [], []],
  ])('%s', (_, crumbs, steps, expected) => {
    expect(lengths(crumbs, steps)).toEqual(expected);
  });

  it('says from when to when', () => {
    const [ride] = ridesOf([crumb(0, 0), crumb(60, 300), crumb(120, 600)], []);
    expect(ride).toMatchObject({ driverName: DRIVER.name, from: minute(0), to: minute(2) });
  });
});

describe('the story', () => {
  it('puts all that is known on one line, in time, and says what each is about', () => {
    const order = orderImage('first', { etaFrom: minute(10), etaTo: minute(14) });
    const entries = tellStory({
      events: [
        orderEvent('first', { version: 1, type: 'order.placed', at: minute(0), data: { order } }),
        orderEvent('first', {
          ...{ version: 2, type: 'offer.declined', at: minute(2) },
          data: { offer: offerImage('first', DRIVER, { status: 'declined', reason: 'too_far' }) },
        }),
        orderEvent('first', {
          ...{ version: 3, type: 'order.eta_changed', at: minute(3), data: { order } },
        }),
        orderEvent('first', { version: 4, type: 'share.started', at: minute(9) }),
      ],
      byApi: new Set([4]),
      attempts: [{ number: 1, at: minute(1) }],
      crumbs: [crumb(300, 0), crumb(360, 200)],
      notices: [
        {
          ...{ id: 'n', sink: 'email', about: 'delivered', recipient: 'Cora', status: 'sent' },
          ...{ attempts: 1, error: null, createdAt: minute(8), sentAt: minute(8) },
          ...{ nextAttemptAt: null, handledBy: null, discardReason: null },
        },
      ],
      payments: [
        {
          ...{ id: 'p', purpose: 'order', label: 'Card', provider: 'sandbox', status: 'captured' },
          ...{ currency: 'EUR', amount: 1_311, captured: 1_311, refunded: 0, attempts: 1 },
          ...{ error: null, createdAt: minute(0.5) },
        },
      ],
    });
    expect(entries.map(({ kind, what }) => `${kind} ${what}`)).toEqual([
      'order event',
      'payment payment',
      'dispatch attempt',
      'offer event',
      'order event',
      'ride ride',
      'notice notice',
      'order event',
    ]);
    expect(entries[3]).toMatchObject({ event: { driverName: DRIVER.name, reason: 'too_far' } });
    expect(entries.flatMap((entry) => (entry.what === 'event' ? [entry.event.byApi] : []))).toEqual(
      [false, false, false, true],
    );
    expect(entries[4]).toMatchObject({ event: { eta: { from: minute(10), to: minute(14) } } });
  });
});
