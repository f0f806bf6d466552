import { describe, expect, it } from 'vitest';
import { type Audience, mayHear } from './audiences';
import { audienceOf, channelOf, toldOf } from './channels';
import { deliveryImage, orderEvent, orderImage } from './images.testing';
import type { Viewer } from './roles';

const viewer = (role: Viewer['role'], userId: string = role): Viewer => ({
  role,
  userId,
  name: '',
});

describe('channels', () => {
  it.each<[string, Audience]>([
    ['private-customer-018f', { kind: 'customer', id: '018f' }],
    ['private-driver-d', { kind: 'driver', id: 'd' }],
    ['private-kitchen-r', { kind: 'kitchen', id: 'r' }],
    ['private-share-abc', { kind: 'share', id: 'abc' }],
    ['private-admin', { kind: 'admin' }],
    ['private-restaurants', { kind: 'restaurants' }],
  ])('%s is of one audience, and back', (name, audience) => {
    expect(audienceOf(name)).toEqual(audience);
    expect(channelOf(audience)).toBe(name);
  });

  it.each([
    'private-everybody',
    'admin',
    'private-customer-',
    'private-admin-1',
    'private-order-1',
  ])('%s is of none', (name) => expect(audienceOf(name)).toBeNull());
});

describe('who may hear', () => {
  const people = [
    null,
    viewer('customer', 'c'),
    viewer('driver', 'd'),
    viewer('kitchen', 'k'),
    viewer('admin', 'a'),
  ];
  const hearing = (audience: Audience, tied: string[] = []) =>
    people
      .filter((one) => mayHear(one, audience, new Set(tied)))
      .map((one) => one?.role ?? 'guest');

  it.each<[Audience, string[]]>([
    [{ kind: 'customer', id: 'c' }, ['customer']],
    [{ kind: 'customer', id: 'd' }, []],
    [{ kind: 'driver', id: 'd' }, ['driver']],
    [{ kind: 'driver', id: 'c' }, []],
    [{ kind: 'admin' }, ['admin']],
    [{ kind: 'kitchen', id: 'r' }, ['admin']],
    [{ kind: 'restaurants' }, ['guest', 'customer', 'driver', 'kitchen', 'admin']],
  ])('%j', (audience, roles) => expect(hearing(audience)).toEqual(roles));

  it('a kitchen, where its people are tied', () => {
    expect(hearing({ kind: 'kitchen', id: 'r' }, ['r'])).toEqual(['kitchen', 'admin']);
    expect(hearing({ kind: 'kitchen', id: 'r' }, ['another'])).toEqual(['admin']);
  });
});

describe('what channels are told of an event', () => {
  const event = orderEvent('order', {
    customerId: 'c',
    driverId: 'd',
    restaurantId: 'r',
    data: {
      order: orderImage('order', { pin: '1234' }),
      delivery: deliveryImage('order', { driverId: 'd' }),
    },
  });
  const told = toldOf(event);
  const of = (kind: Audience['kind']) => told.find(({ audience }) => audience.kind === kind);

  it('is what each may see', () => {
    expect(of('customer')?.event?.data.order?.pin).toBe('1234');
    expect(of('driver')?.event?.data.order?.pin).not.toBe('1234');
    expect(of('customer')?.event?.data.delivery?.pay).toBeNull();
  });

  it('is nothing but that there is something, where rights may end', () => {
    expect(of('admin')).toEqual({ audience: { kind: 'admin' }, event: null });
    expect(of('kitchen')).toEqual({ audience: { kind: 'kitchen', id: 'r' }, event: null });
    expect(of('restaurants')).toBeUndefined();
  });
});
