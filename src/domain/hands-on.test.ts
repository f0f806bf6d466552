import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { HANDS_ON, type HandsOn, isInTheWay, seenOn } from './hands-on';

/** Per action, in the order of `HANDS_ON`: `x` where the event means that one has to look again. */
const table: Record<string, string> = {
  //                          assign
  //                          |unassign
  //                          ||hand back
  //                          |||delay
  //                          ||||cancel
  //                          |||||restore
  //                          ||||||address
  //                          |||||||refund
  'order.completed': /*    */ 'xxxxxxxx',
  'order.rejected': /*     */ 'xxxxxxxx',
  'order.cancelled': /*    */ 'xxxxxxxx',
  'order.expired': /*      */ 'xxxxxxxx',
  'order.restored': /*     */ 'xxxxxxxx',
  'order.deleted': /*      */ 'xxxxxxxx',
  'order.archived': /*     */ 'xxxxxxxx',
  'order.erased': /*       */ 'xxxxxxxx',
  'delivery.cancelled': /* */ 'xxxxxxxx',
  'delivery.restored': /*  */ 'xxxxxxxx',
  'delivery.assigned': /*  */ 'xxx.x...',
  'delivery.unassigned': /**/ 'xxx.x...',
  'delivery.at_pickup': /* */ 'xx......',
  'delivery.picked_up': /* */ 'xxxxx.x.',
  'delivery.at_dropoff': /**/ 'xxxxx.x.',
  'delivery.delivered': /* */ 'xxxxx.x.',
  'delivery.failed': /*    */ 'xxxxx.x.',
  'delivery.returning': /* */ 'xxxxx.x.',
  'delivery.returned': /*  */ 'xxxxx.x.',
  'order.accepted': /*     */ '...x....',
  'order.preparing': /*    */ '...x....',
  'order.ready': /*        */ '...x....',
  'order.put_off': /*      */ '...x....',
  'order.brought_forward': /**/ '...x....',
  'order.ready_moved': /**/ '...x....',
  'order.updated': /*      */ '...x..x.',
  'order.address_changed': /**/ '......x.',
  'payment.captured': /*   */ '.......x',
  'payment.released': /*   */ '.......x',
  'payment.failed': /*     */ '.......x',
  'payment.refund_asked': /**/ '.......x',
  'payment.refund_paid': /**/ '.......x',
  'payment.partly_refunded': /**/ '.......x',
  'payment.refunded': /*   */ '.......x',
  'order.placed': /*       */ '........',
  'order.eta_changed': /*  */ '........',
  'order.delayed': /*      */ '........',
  'order.rated': /*        */ '........',
  'order.tipped': /*       */ '........',
  'payment.pending': /*    */ '........',
  'payment.authorised': /* */ '........',
  'delivery.created': /*   */ '........',
  'delivery.offering': /*  */ '........',
  'delivery.no_driver': /* */ '........',
  'delivery.imminent': /*  */ '........',
  'delivery.stalled': /*   */ '........',
  'delivery.going_away': /**/ '........',
  'delivery.dark': /*      */ '........',
  'delivery.blocked': /*   */ '........',
  'must_see.raised': /*    */ '........',
  'notice.given_up': /*    */ '........',
  'delivery.moving_again': /**/ '........',
  'delivery.updated': /*   */ '........',
  'offer.made': /*         */ '........',
  'offer.accepted': /*     */ '........',
  'offer.declined': /*     */ '........',
  'offer.expired': /*      */ '........',
  'offer.withdrawn': /*    */ '........',
  'message.sent': /*       */ '........',
  'share.started': /*      */ '........',
  'share.ended': /*        */ '........',
};

const marks = (type: string): string =>
  HANDS_ON.map((action: HandsOn) => (isInTheWay(action, type) ? 'x' : '.')).join('');

describe('since a dispatcher has looked', () => {
  it.each(Object.entries(table))('%s', (type, expected) => {
    expect(marks(type)).toBe(expected);
  });

  it('what nobody has thought of means that everybody looks again', () => {
    expect(marks('order.swallowed')).toBe('xxxxxxxx');
  });

  it('every event that a trigger names has been thought of', () => {
    const triggers = readdirSync('drizzle')
      .filter((file) => file.endsWith('.sql'))
      .map((file) => readFileSync(`drizzle/${file}`, 'utf8'))
      .join('\n');
    const named = [
      ...triggers.matchAll(/'((?:order|delivery|offer|payment|message|share)\.\w+)'/g),
    ];
    const types = new Set(named.map(([, type = '']) => type));
    expect(types.size).toBeGreaterThan(15);
    expect([...types].filter((type) => !(type in table))).toEqual([]);
  });
});

it('a screen has seen the latest of its parts', () => {
  expect(seenOn({ versions: { order: 4, delivery: 7 } })).toBe(7);
  expect(seenOn({ versions: { order: 9, delivery: 0 } })).toBe(9);
});
