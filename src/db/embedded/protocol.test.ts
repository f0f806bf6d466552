import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAnswer } from './answer';
import {
  closeStatement,
  copyFail,
  FrontendReader,
  int32,
  message,
  ProtocolError,
  parseStatement,
  query,
  readCString,
  readyForQuery,
  sync,
} from './protocol';
import { joinTar, tarEntries, tarEntry } from './tar';
import { type Taken, type Unit, Units } from './units';
import { bind, execute, flush, startup } from './wire-client.testing';

const unit: Omit<Unit, 'frames'> = { closes: [], end: 'query', copyIn: false };

function taken(units: Units, ...frames: Buffer[]): Taken[] {
  const reader = new FrontendReader();
  for (const frame of frames) reader.push(frame);
  for (let next = reader.next(); next; next = reader.next()) units.add(next);
  const all: Taken[] = [];
  for (let next = units.take(); next; next = units.take()) all.push(next);
  return all;
}

describe('FrontendReader', () => {
  it('finds the same messages however the stream is cut', () => {
    const messages = [query('select 1'), parseStatement('a', 'x'.repeat(3_000)), sync, query('é')];
    const stream = Buffer.concat([startup('u', 'd'), ...messages]);
    fc.assert(
      fc.property(fc.array(fc.nat(stream.length), { maxLength: 30 }), (cuts) => {
        const reader = new FrontendReader();
        const found: Buffer[] = [];
        let greeted = false;
        const edges = [0, ...cuts.sort((a, b) => a - b), stream.length];
        edges.slice(1).forEach((edge, i) => {
          reader.push(stream.subarray(edges[i], edge));
          greeted ||= reader.nextStartup()?.kind === 'startup';
          if (!greeted) return;
          for (let next = reader.next(); next; next = reader.next()) found.push(next.frame);
        });
        expect(found).toEqual(messages);
      }),
    );
  });

  it.each([
    ['too short', int32(7)],
    ['too long', int32(10_001)],
    ['of another protocol', int32(8, 131_072)],
  ])('refuses a startup packet that is %s', (_, bytes) => {
    const reader = new FrontendReader();
    reader.push(bytes);
    expect(() => reader.nextStartup()).toThrow(ProtocolError);
  });

  it('reads the parameters of a startup packet', () => {
    const reader = new FrontendReader();
    reader.push(startup('ann', 'food'));
    expect(reader.nextStartup()).toEqual({
      kind: 'startup',
      version: 196_608,
      parameters: new Map([
        ['user', 'ann'],
        ['database', 'food'],
      ]),
    });
  });

  it('refuses a message that is longer than allowed', () => {
    const reader = new FrontendReader();
    reader.push(query('select 1'));
    expect(() => reader.next(5)).toThrow(ProtocolError);
  });
});

describe('Units', () => {
  it('gathers a batch up to its Sync or Flush, and a query alone', () => {
    const all = taken(
      new Units('c1'),
      parseStatement('', 'x'),
      flush,
      bind(''),
      execute(),
      sync,
      query('y'),
    );
    expect(all).toMatchObject([
      { unit: { end: 'open', closes: [] } },
      { unit: { end: 'sync' } },
      { unit: { end: 'query', frames: [query('y')] } },
    ]);
  });

  it('lets a batch without Sync run before the query that interrupts it', () => {
    expect(taken(new Units('c1'), parseStatement('', 'x'), query('y'), sync)).toMatchObject([
      { unit: { end: 'open', frames: [parseStatement('c1s1', 'x')] } },
      { unit: { end: 'query', frames: [query('y')] } },
      { unit: { end: 'sync' } },
    ]);
  });

  it('gives statements names of the connection, and closes the unnamed one before it is parsed anew', () => {
    const all = taken(
      new Units('c1'),
      parseStatement('', 'a'),
      bind(''),
      parseStatement('', 'b'),
      closeStatement('mine'),
      sync,
    );
    const [first] = all;
    if (first?.kind !== 'unit') throw new Error('no unit');
    expect(first.unit.frames).toEqual([
      parseStatement('c1s1', 'a'),
      bind('c1s1'),
      closeStatement('c1s1'),
      parseStatement('c1s1', 'b'),
      closeStatement('mine'),
      sync,
    ]);
    expect(first.unit.closes).toEqual(['ours', 'client']);
  });

  it.each([
    'copy t from stdin',
    '/* a */ -- b\n COPY t (a, b) FROM STDIN WITH (FORMAT csv)',
    'copy t from stdin binary',
  ])('waits for the rows of %s', (sql) => {
    const units = new Units('c1');
    const [begun] = taken(units, query(sql));
    expect(begun).toEqual({ kind: 'copy-in', binary: sql.endsWith('binary') });
    const row = message('d', Buffer.from('1\n'));
    expect(taken(units, row, sync, row)).toEqual([]);
    expect(taken(units, copyFail('x'), query('y'))).toMatchObject([
      { unit: { copyIn: true, frames: [query(sql), row, row, copyFail('x')] } },
      { unit: { copyIn: false } },
    ]);
  });

  it('does not take a COPY to the client, or from a file, for one from it', () => {
    for (const sql of ['copy t to stdout', "copy t from '/stdin'", "select 'copy t from stdin'"]) {
      expect(taken(new Units('c1'), query(sql))).toMatchObject([{ unit: { copyIn: false } }]);
    }
  });

  it('refuses an unknown message and a string without an end', () => {
    expect(() => taken(new Units('c1'), message('!'))).toThrow(ProtocolError);
    expect(() => taken(new Units('c1'), message('B', Buffer.from('x')), sync)).toThrow(
      ProtocolError,
    );
    expect(() => readCString(Buffer.from('abc'), 0)).toThrow(ProtocolError);
  });
});

describe('readAnswer', () => {
  const error = message('E', Buffer.from([0]));
  const closed = message('3');

  it('passes only the ReadyForQuery that answers the unit', () => {
    const raw = Buffer.concat([error, readyForQuery('I'), readyForQuery('E')]);
    expect(readAnswer(raw, unit)).toEqual({
      output: Buffer.concat([error, readyForQuery('E')]),
      status: 'E',
      failed: true,
    });
    expect(readAnswer(raw, { ...unit, end: 'open' }).output).toEqual(error);
  });

  it('keeps from the client what it did not ask for', () => {
    const raw = Buffer.concat([closed, message('1'), closed, message('A'), readyForQuery('I')]);
    expect(readAnswer(raw, { ...unit, closes: ['ours', 'client'] }).output).toEqual(
      Buffer.concat([message('1'), closed, readyForQuery('I')]),
    );
    const copied = Buffer.concat([message('G'), message('C'), readyForQuery('I')]);
    expect(readAnswer(copied, { ...unit, copyIn: true }).output).toEqual(
      Buffer.concat([message('C'), readyForQuery('I')]),
    );
  });
});

it('reads the archives that it writes', () => {
  const data = Buffer.alloc(1_000, 'x');
  const archive = joinTar([
    tarEntry('base/', null),
    tarEntry('base/1', data),
    tarEntry('empty', Buffer.alloc(0)),
  ]);
  expect([...tarEntries(archive)].map(({ raw: _, ...entry }) => entry)).toEqual([
    { name: 'base/', directory: true, data: Buffer.alloc(0) },
    { name: 'base/1', directory: false, data },
    { name: 'empty', directory: false, data: Buffer.alloc(0) },
  ]);
});
