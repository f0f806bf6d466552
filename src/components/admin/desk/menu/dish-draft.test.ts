import { describe, expect, it } from 'vitest';
import type { MenuItem } from '@/domain/menu';
import { BLANK_DISH, type DishDraft, type DishField, dishDraftOf, dishFrom } from './dish-draft';

const GROUP = '0199f000-0000-7000-8000-000000000001';
const OPTION = '0199f000-0000-7000-8000-000000000002';
const ITEM: MenuItem = {
  ...{ id: 'pie', name: 'Pie', description: 'Warm', price: 1_250, soldOut: false, unit: '' },
  ...{ allergens: ['milk'], stock: 4, photoId: null, version: 3 },
  optionGroups: [
    {
      ...{ id: GROUP, name: 'Size', min: 1, max: 1 },
      options: [{ id: OPTION, name: 'Large', price: 200, soldOut: true }],
    },
  ],
};

describe('a dish in fields', () => {
  it.each(['EUR', 'JPY', 'KWD'])('is sent as it was read, in %s', (currency) => {
    const sent = dishFrom(dishDraftOf(ITEM, currency), currency);
    const { name, description, price, unit, allergens, optionGroups, stock } = ITEM;
    expect(sent).toEqual({
      dish: { name, description, price, unit, allergens, optionGroups },
      stock,
    });
  });

  const whole: DishDraft = { ...BLANK_DISH, name: 'Tea', price: '2.50' };
  const option = { key: 'o', name: 'Milk', price: '', soldOut: false };
  const group = { key: 'g', name: 'With', min: '0', max: '1', options: [option] };

  it.each<[string, Partial<DishDraft>, DishField[]]>([
    ['nothing is wrong', {}, []],
    ['it has no name', { name: ' ' }, ['name']],
    ['it has no price', { price: '' }, ['price']],
    ['the price is a word', { price: 'two' }, ['price']],
    ['the stock is less than none', { stock: '-1' }, ['stock']],
    [
      'an option has no name',
      { groups: [{ ...group, options: [{ ...option, name: '' }] }] },
      ['groups'],
    ],
    ['a group has no options', { groups: [{ ...group, options: [] }] }, ['groups']],
    [
      'more has to be chosen than there is',
      { groups: [{ ...group, min: '2', max: '2' }] },
      ['groups'],
    ],
    ['two groups have one name', { groups: [group, { ...group, key: 'h' }] }, ['groups']],
  ])('says where it makes no sense: %s', (_, change, expected) => {
    const sent = dishFrom({ ...whole, ...change }, 'EUR');
    expect('wrong' in sent ? [...sent.wrong] : []).toEqual(expected);
  });
});
