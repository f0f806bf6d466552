import { expect, it } from 'vitest';
import { judgeHandover, PIN_ATTEMPTS } from './handover';

const order = { pin: '0815', handover: 'in_person' as const };
const pin = (digits: string) => ({ kind: 'pin' as const, pin: digits });

it('the right PIN proves it, until it was wrong too often', () => {
  expect(judgeHandover(order, pin('0815'), 0)).toMatchObject({ kind: 'proven', proof: 'pin' });
  expect(judgeHandover(order, pin('0815'), PIN_ATTEMPTS - 1)).toMatchObject({ kind: 'proven' });
  expect(judgeHandover(order, pin('0815'), PIN_ATTEMPTS)).toMatchObject({
    kind: 'refused',
    refusal: { reason: 'pin_locked' },
  });
});

it('a wrong PIN says how many tries are left', () => {
  expect(judgeHandover(order, pin('4711'), 0)).toEqual({ kind: 'wrong_pin', left: 4 });
  expect(judgeHandover(order, pin('4711'), 4)).toEqual({ kind: 'wrong_pin', left: 0 });
});

it('nothing brought forward is refused; a reason is taken and kept as no proof', () => {
  expect(judgeHandover(order, undefined, 0)).toMatchObject({
    kind: 'refused',
    refusal: { reason: 'pin_required' },
  });
  const none = { kind: 'none' as const, reason: 'customer_cannot_say' as const };
  expect(judgeHandover(order, none, PIN_ATTEMPTS)).toEqual({
    ...{ kind: 'proven', proof: 'none' },
    reason: 'customer_cannot_say',
  });
});

it('what is left at the door needs no PIN', () => {
  const door = { pin: null, handover: 'at_door' as const };
  expect(judgeHandover(door, undefined, 0)).toMatchObject({ kind: 'proven', proof: 'at_door' });
  expect(judgeHandover({ ...door, pin: '0815' }, undefined, 0)).toMatchObject({ proof: 'at_door' });
});

it('a photo says that nobody was there, a signature who took it; both stand in for the PIN', () => {
  const photo = { kind: 'photo' as const, proofId: 'p' };
  const door = { pin: null, handover: 'at_door' as const };
  expect(judgeHandover(order, photo, 0)).toMatchObject({
    proof: 'photo',
    reason: 'customer_absent',
  });
  expect(judgeHandover(order, photo, PIN_ATTEMPTS)).toMatchObject({ proof: 'photo' });
  expect(judgeHandover(door, photo, 0)).toMatchObject({ proof: 'photo', reason: null });
  for (const given of [
    { kind: 'signature' as const, proofId: 'p' },
    { kind: 'signed_name' as const, name: 'Nia Neighbour' },
  ]) {
    expect(judgeHandover(order, given, 0)).toMatchObject({ proof: 'signature', reason: null });
  }
});
