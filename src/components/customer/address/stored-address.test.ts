import { describe, expect, it } from 'vitest';
import { parseAddresses, parsePlace } from './stored-address';

const place = { at: { lat: 38.7, lng: -9.1 }, address: '2 Side Street' };

describe('what a browser kept', () => {
  it('is a place with its note, and nothing else', () => {
    expect(parsePlace(place)).toEqual(place);
    expect(parsePlace({ ...place, note: 'Ring', more: 1 })).toEqual({ ...place, note: 'Ring' });
    expect(parsePlace({ ...place, note: 7 })).toEqual(place);
  });

  it.each([
    ['nothing', null],
    ['text', 'place'],
    ['no point', { address: 'a' }],
    ['a point off the map', { ...place, at: { lat: 91, lng: 0 } }],
    ['a point that is none', { ...place, at: { lat: Number.NaN, lng: 0 } }],
    ['text as a point', { ...place, at: { lat: '1', lng: '2' } }],
    ['no address', { ...place, address: '' }],
    ['a novel', { ...place, address: 'x'.repeat(201) }],
  ])('is no place: %s', (_, value) => {
    expect(parsePlace(value)).toBeNull();
  });

  it('are addresses, without what is none', () => {
    const home = { id: '1', label: 'home', note: '', ...place };
    expect(parseAddresses([home, { ...home, id: 2 }, null, { ...home, at: null }])).toEqual([home]);
    expect(parseAddresses({})).toBeNull();
  });
});
