import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LogEvent, LogEventSchema } from './events';
import { deliveryImage, orderEvent, orderImage } from './images.testing';
import { writeStory } from './story.testing';

const event = orderEvent('first', {
  type: 'order.placed',
  data: { order: orderImage('first'), delivery: deliveryImage('first') },
});

describe('an event of the log', () => {
  it('of any story is understood, and nothing of it is lost', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(10_000), { maxLength: 30 }), (choices) => {
        for (const { event: told } of writeStory(['first', 'second'], choices)) {
          expect(LogEventSchema.parse(told)).toEqual(told);
        }
      }),
    );
  });

  it.each<[string, Partial<Record<keyof LogEvent, unknown>>]>([
    ['of an unknown stream', { stream: 'payment' }],
    ['with half a version', { version: 1.5 }],
    ['without an actor', { actor: undefined }],
    [
      'with a state that no machine has',
      {
        data: {
          order: orderImage('first'),
          delivery: { ...deliveryImage('first'), status: 'lost' },
        },
      },
    ],
    ['with half a cent', { data: { order: { ...orderImage('first'), total: 10.5 } } }],
    [
      'that happens off the map',
      { data: { order: { ...orderImage('first'), dropoff: { lat: 91, lng: 0 } } } },
    ],
  ])('%s is refused', (_, change) => {
    expect(LogEventSchema.safeParse(event).success).toBe(true);
    expect(LogEventSchema.safeParse({ ...event, ...change }).success).toBe(false);
  });
});
