import { createTranslator } from 'next-intl';
import { describe, expect, it } from 'vitest';
import type { Attempt } from '@/components/admin/story/attempt-words';
import { createFormat } from '@/components/shared/format';
import type { StoryEntry, StoryNotice, StoryPayment, ToldEvent } from '@/domain/order-story';
import admin from '@/messages/en/admin.json';
import shared from '@/messages/en/shared.json';
import story from '@/messages/en/story.json';
import { actorWords } from './actor-words';
import { lineWords } from './line-words';

const catalogue = { locale: 'en' as const, messages: { admin, shared, story } };
const inStory = createTranslator({ ...catalogue, namespace: 'story' });
const inShared = createTranslator({ ...catalogue, namespace: 'shared' });
const words = {
  t: createTranslator({ ...catalogue, namespace: 'admin' }),
  ...{ shared: inShared, story: inStory, format: createFormat('en', inShared) },
  reason: (reason: string) => reason.replaceAll('_', ' '),
  message: ({ quick, body }: { quick: string | null; body: string }) => quick ?? body,
};

const AT = '2026-11-20T12:00:00Z';
const LATER = '2026-11-20T12:04:00Z';
type Entry = StoryEntry<Attempt>;
const line = { key: 'one', at: AT };
const event = (type: string, change: Partial<ToldEvent> = {}): Entry => ({
  ...{ ...line, kind: 'order', what: 'event' },
  event: {
    ...{ version: 1, type, actor: 'system:eta', byApi: false, driverName: null },
    ...{ reason: null, eta: null, message: null, notice: null },
    ...change,
  },
});
const ride = (meters: number): Entry => ({
  ...{ ...line, kind: 'ride', what: 'ride' },
  ride: { driverId: 'dee', driverName: 'Dee', from: AT, to: LATER, meters },
});
const notice = (change: Partial<StoryNotice>): Entry => ({
  ...{ ...line, kind: 'notice', what: 'notice' },
  notice: {
    ...{ id: 'n', sink: 'email', about: 'delivered', recipient: 'Cora', status: 'waiting' },
    ...{ attempts: 0, error: null, createdAt: AT, sentAt: null, nextAttemptAt: LATER },
    ...{ handledBy: null, discardReason: null },
    ...change,
  },
});
const payment = (change: Partial<StoryPayment>): Entry => ({
  ...{ ...line, kind: 'payment', what: 'payment' },
  payment: {
    ...{ id: 'p', purpose: 'order', label: 'Card 42', provider: 'sandbox', status: 'captured' },
    ...{ currency: 'EUR', amount: 1_311, captured: 1_311, refunded: 0, attempts: 1 },
    ...{ error: null, createdAt: AT },
    ...change,
  },
});

describe('a line of the story', () => {
  it.each<[Entry, string, string | null, string]>([
    [event('order.placed'), 'Ordered', null, 'plain'],
    [event('order.cancelled', { reason: 'too_slow' }), 'Cancelled', 'too slow', 'bad'],
    [
      event('order.eta_changed', { eta: { from: AT, to: LATER } }),
      'Another arrival time was told',
      '12:00–12:04',
      'plain',
    ],
    [event('delivery.assigned', { driverName: 'Dee' }), 'Driver assigned', 'Dee', 'plain'],
    [
      event('offer.declined', { driverName: 'Dee', reason: 'too_far' }),
      'Offer declined',
      'Dee · too far',
      'plain',
    ],
    [event('delivery.updated'), 'Delivery changed', null, 'quiet'],
    [ride(1_200), 'Dee rode 1.2 km in 4 min', null, 'plain'],
    [ride(12), 'Dee stood for 4 min', null, 'plain'],
    [notice({}), 'E-mail to Cora', 'next try at 12:04:00', 'plain'],
    [
      notice({ status: 'sent', attempts: 2, sentAt: LATER, error: 'refused' }),
      'E-mail to Cora',
      'sent at 12:04:00, at try 2',
      'plain',
    ],
    [
      notice({ sink: 'push', status: 'dead', attempts: 8, error: 'refused' }),
      'Push to Cora',
      'given up after 8 tries · refused',
      'bad',
    ],
    [
      notice({ status: 'discarded', discardReason: 'told by phone' }),
      'E-mail to Cora',
      'discarded: told by phone',
      'plain',
    ],
    [payment({}), '€13.11, Card 42', 'Paid by card', 'plain'],
    [
      payment({ provider: 'cash', label: '', purpose: 'tip', status: 'failed', error: 'no' }),
      'Tip of €13.11, cash',
      'Not paid · no',
      'bad',
    ],
  ])('%#', (entry, title, detail, tone) => {
    expect(lineWords(entry, 'UTC', words)).toMatchObject({ title, detail, tone });
  });
});

it.each([
  ['user:me', 'You'],
  ['user:dee', 'Dee, driver'],
  ['user:gone', 'Somebody whose account is gone'],
  ['system:dispatch', 'Dispatch'],
  ['system:something', 'Hotfoot'],
  ['database:hotfoot', 'hotfoot, by hand in the database'],
])('%s is called by a name', (actor, name) => {
  expect(actorWords(actor, { dee: { name: 'Dee', role: 'driver' } }, 'me', inStory)).toBe(name);
});
