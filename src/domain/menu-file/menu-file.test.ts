import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCsv, writeCsv } from '@/domain/csv';
import { ALLERGENS, type MenuItem, type MenuSection } from '@/domain/menu';
import { LARGEST_MENU_FILE, MENU_FORMATS, MOST_DISHES } from './menu-file';
import { planMenu } from './plan-menu';
import { readMenuFile } from './read-menu-file';
import { writeMenuFile } from './write-menu-file';

const item = (change: Partial<MenuItem>): MenuItem => ({
  ...{ id: 'soup', name: 'Soup', description: 'Hot', price: 450, soldOut: false, allergens: [] },
  ...{ stock: null, unit: '', photoId: null, version: 1, optionGroups: [] },
  ...change,
});

const [SIZE_ID, SMALL_ID, LARGE_ID] = [1, 2, 3].map(
  (n) => `0199f000-0000-7000-8000-00000000000${n}`,
) as [string, string, string];

const SIZE = {
  ...{ id: SIZE_ID, name: 'Size', min: 1, max: 1 },
  options: [
    { id: SMALL_ID, name: 'Small', price: 0, soldOut: false },
    { id: LARGE_ID, name: 'Large', price: 200, soldOut: false },
  ],
};

const MENU: MenuSection[] = [
  {
    ...{ id: 'a', name: 'Starters', version: 1 },
    items: [item({}), item({ id: 'bread', name: 'Bread', price: 200, stock: 5 })],
  },
  {
    ...{ id: 'b', name: 'Mains', version: 1 },
    items: [item({ id: 'pie', name: 'Pie', optionGroups: [SIZE] })],
  },
];

function planOf(text: string, format: 'csv' | 'json' = 'csv', menu = MENU) {
  const file = readMenuFile(text, format, 'EUR');
  if (file.kind === 'unreadable') return file.problem;
  return planMenu(menu, file, 'EUR').lines.map((line) => {
    if (line.outcome === 'refused') return `${line.line} refused ${line.problem}`;
    if (line.outcome !== 'changed') return `${line.line} ${line.outcome}`;
    const changes = line.changes.map(({ field, before, after }) => `${field} ${before}>${after}`);
    return `${line.line} ${changes.join(', ')}`;
  });
}

describe('a menu as CSV', () => {
  it.each<[string, string, string[]]>([
    ['a price', 'section,dish,price\nStarters,Soup,5.00', ['2 price 450>500']],
    ['a decimal comma', 'section;dish;price\nStarters;Soup;"5,00"', ['2 price 450>500']],
    [
      'tabs, a BOM and CRLF',
      '\uFEFFsection\tdish\tprice\r\nStarters\tSoup\t4.5\r\n',
      ['2 unchanged'],
    ],
    [
      'quotes in quotes',
      'section,dish,description\nStarters,Soup,"a ""hot"" one"',
      ['2 description Hot>a "hot" one'],
    ],
    [
      'a line break in quotes',
      'section,dish,description\nStarters,Soup,"a\nb"\nMains,Pie,Hot',
      ['2 description Hot>a\nb', '4 unchanged'],
    ],
    ['other letters', 'Section,DISH\nSTARTERS, soup ', ['2 name Soup>soup']],
    ['a new dish', 'section,dish,price\nSweets,Cake,3', ['2 created']],
    ['a new dish without a price', 'section,dish\nSweets,Cake', ['2 refused no_price']],
    ['a price that is none', 'section,dish,price\nStarters,Soup,cheap', ['2 refused bad_price']],
    ['a price of a thousandth', 'section,dish,price\nStarters,Soup,4.505', ['2 refused bad_price']],
    ['a price below nothing', 'section,dish,price\nStarters,Soup,-1', ['2 refused bad_price']],
    ['a price beyond sense', 'section,dish,price\nStarters,Soup,99999', ['2 refused bad_price']],
    [
      'the same twice',
      'section,dish,price\nStarters,Soup,5\nStarters,Soup,6',
      ['2 price 450>500', '3 refused duplicate'],
    ],
    ['no section', 'section,dish,price\n,Soup,5', ['2 refused no_section']],
    ['no name', 'section,dish,price\nStarters,,5', ['2 refused bad_name']],
    ['a long name', `section,dish,price\nStarters,${'x'.repeat(81)},5`, ['2 refused bad_name']],
    ['more cells than columns', 'section,dish\nStarters,Soup,5', ['2 refused too_many_cells']],
    [
      'an unknown allergen',
      'section,dish,allergens\nStarters,Soup,"milk, dust"',
      ['2 refused bad_allergens'],
    ],
    ['allergens', 'section,dish,allergens\nStarters,Soup,"nuts, milk"', ['2 allergens >milk nuts']],
    ['a stock that is none', 'section,dish,stock\nStarters,Bread,some', ['2 refused bad_stock']],
    ['nothing left', 'section,dish,stock\nStarters,Bread,0', ['2 stock 5>0, soldOut no>yes']],
    ['sold out', 'section,dish,sold_out\nStarters,Soup,yes', ['2 soldOut no>yes']],
    ['sold out or not', 'section,dish,sold_out\nStarters,Soup,perhaps', ['2 refused bad_sold_out']],
    ['a move by id', 'id,section,dish\nsoup,Mains,Soup', ['2 section Starters>Mains']],
    ['an id of another menu', 'id,section,dish,price\nelse,Starters,Soup,5', ['2 price 450>500']],
    ['empty lines', 'section,dish,price\n\n,,\nStarters,Soup,4.50\n', ['4 unchanged']],
    [
      'options that are those',
      'section,dish,group,min,max,option,price\nMains,Pie,,,,,4.50\nMains,Pie,Size,1,1,Small,\n,,Size,1,1,Large,2.00',
      ['2 unchanged'],
    ],
    [
      'another price of an option',
      'section,dish,group,min,max,option,price\nMains,Pie,,,,,\n,,Size,1,1,Small,\n,,Size,1,1,Large,3',
      ['2 options Size (1–1): Small, Large +2.00>Size (1–1): Small, Large +3.00'],
    ],
    [
      'an option of no dish',
      'section,dish,group,option\n,,Size,Small',
      ['2 refused option_without_dish'],
    ],
    [
      'an option below another dish',
      'section,dish,group,option\nStarters,Soup,,\nMains,Pie,Size,Small',
      ['2 unchanged', '3 refused option_without_dish'],
    ],
    [
      'an option that costs words',
      'section,dish,group,option,price\nMains,Pie,,,\n,,Size,Small,much',
      ['3 refused bad_options'],
    ],
    [
      'more to choose than there is',
      'section,dish,group,min,max,option\nMains,Pie,,,,\n,,Size,3,3,Small',
      ['2 refused bad_options'],
    ],
  ])('says what becomes of %s', (_, text, expected) => {
    expect(planOf(text)).toEqual(expected);
  });

  it.each<[string, string, string, string]>([
    ['nothing', '', 'empty', ''],
    ['a heading alone', 'section,dish,price', 'empty', ''],
    ['a column that nobody knows', 'section,dish,colour\nA,B,red', 'unknown_column', 'colour'],
    ['a column twice', 'section,dish,dish\nA,B,B', 'column_twice', 'dish'],
    ['no names', 'section,price\nA,1', 'missing_column', 'dish'],
    ['a quote that stays open', 'section,dish\nA,B\nC,"D', 'unclosed_quote', '3'],
    ['too much', `section,dish\nA,${'x'.repeat(LARGEST_MENU_FILE)}`, 'too_large', ''],
    ['too many', `section,dish\n${'A,B\n'.repeat(MOST_DISHES + 1)}`, 'too_many', '1000'],
  ])('can’t be read: %s', (_, text, code, about) => {
    expect(planOf(text)).toEqual({ code, about });
  });

  it('refuses a name that two dishes of the menu have, but for their ids', () => {
    const twins = [
      { ...{ id: 'a', name: 'A', version: 1 }, items: [item({}), item({ id: 'two' })] },
    ];
    expect(planOf('section,dish,price\nA,Soup,5', 'csv', twins)).toEqual(['2 refused ambiguous']);
    expect(planOf('id,section,dish,price\ntwo,A,Soup,5', 'csv', twins)).toEqual([
      '2 price 450>500',
    ]);
  });

  it('keeps the ids of options that stay', () => {
    const file = readMenuFile(
      'section,dish,group,option,price\nMains,Pie,,,\n,,Size,Large,1\n,,Size,Huge,3',
      'csv',
      'EUR',
    );
    if (file.kind === 'unreadable') throw new Error(file.problem.code);
    const [step] = planMenu(MENU, file, 'EUR').steps;
    expect(step?.dish.optionGroups[0]?.id).toBe(SIZE_ID);
    expect(step?.dish.optionGroups[0]?.options.map(({ id }) => id)).toEqual([LARGE_ID, undefined]);
  });
});

describe('a menu as JSON', () => {
  const dishes = (...list: unknown[]) =>
    JSON.stringify({ currency: 'EUR', sections: [{ name: 'Starters', dishes: list }] });

  it.each<[string, string, unknown]>([
    ['a price', dishes({ name: 'Soup', price: 500 }), ['1 price 450>500']],
    ['a price in parts of a cent', dishes({ name: 'Soup', price: 4.5 }), ['1 refused bad_price']],
    ['a word for a price', dishes({ name: 'Soup', price: '5' }), ['1 refused bad_price']],
    ['a key that nobody knows', dishes({ name: 'Soup', colour: 1 }), ['1 refused not_a_dish']],
    ['no dish', dishes(null), ['1 refused not_a_dish']],
    [
      'the same twice',
      dishes({ name: 'Soup' }, { name: 'Soup' }),
      ['1 unchanged', '2 refused duplicate'],
    ],
    [
      'another currency',
      '{"currency":"USD","sections":[]}',
      { code: 'other_currency', about: 'USD' },
    ],
    ['no sections', '{"dishes":[]}', { code: 'not_a_menu', about: 'sections' }],
    ['no JSON', 'section,dish', { code: 'not_json', about: '' }],
    ['nothing in it', '{"sections":[]}', { code: 'empty', about: '' }],
  ])('says what becomes of %s', (_, text, expected) => {
    expect(planOf(text, 'json')).toEqual(expected);
  });
});

describe('round trips', () => {
  const anyText = fc
    .oneof(
      fc.string({ maxLength: 20 }),
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom('=1+1', "'=x", '-', '@', 'a,b', 'a;b', '"', '""', 'بيتزا', 'a\nb', '\t'),
    )
    .filter((text) => !text.includes('\0'));
  const anyName = anyText.filter((text) => text.trim() !== '');
  const unique = {
    selector: ({ name }: { name: string }) => name.normalize('NFC').trim().toLowerCase(),
  };
  const price = fc.nat(1_000_000);
  const anyGroup = fc
    .record({
      ...{ id: fc.uuid(), name: anyName },
      options: fc.uniqueArray(
        fc.record({ id: fc.uuid(), name: anyName, price, soldOut: fc.boolean() }),
        { ...unique, minLength: 1, maxLength: 3 },
      ),
    })
    .map((group) => ({ ...group, min: 1, max: group.options.length }));
  const anyItem: fc.Arbitrary<MenuItem> = fc
    .record({
      ...{ id: fc.uuid(), name: anyName, description: anyText, price, unit: anyText },
      ...{ soldOut: fc.boolean(), photoId: fc.constant(null), version: fc.constant(1) },
      allergens: fc.uniqueArray(fc.constantFrom(...ALLERGENS)),
      stock: fc.option(fc.nat(100_000)),
      optionGroups: fc.uniqueArray(anyGroup, { ...unique, maxLength: 3 }),
    })
    .map((each) => ({ ...each, soldOut: each.stock === 0 || each.soldOut }));
  const anyMenu: fc.Arbitrary<MenuSection[]> = fc.array(
    fc.record({
      ...{ id: fc.uuid(), name: anyName, version: fc.constant(1) },
      items: fc.array(anyItem, { maxLength: 4 }),
    }),
    { maxLength: 4 },
  );

  it('any cells come back as they went out', () => {
    const cell = anyText.map((text) => text.replace(/\r\n?/g, '\n'));
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 5 })), (rows) => {
        const told = rows.filter((cells) => cells.some((each) => each.trim() !== ''));
        const { rows: read } = readCsv(writeCsv([['a', 'b'], ...rows]));
        expect(read.slice(1).map(({ cells }) => cells)).toEqual(told);
      }),
    );
  });

  it.each(MENU_FORMATS)('what is exported as %s and imported changes nothing', (format) => {
    fc.assert(
      fc.property(anyMenu, fc.constantFrom('EUR', 'JPY', 'KWD'), (menu, currency) => {
        const file = readMenuFile(writeMenuFile(menu, format, currency), format, currency);
        if (file.kind === 'unreadable') return file.problem.code === 'empty';
        const { lines, steps } = planMenu(menu, file, currency);
        expect(lines.filter(({ outcome }) => outcome !== 'unchanged')).toEqual([]);
        expect(lines).toHaveLength(menu.flatMap(({ items }) => items).length);
        expect(steps).toEqual([]);
      }),
    );
  });
});
