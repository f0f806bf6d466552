import { describe, expect, it } from 'vitest';
import { plainError, withoutPeople } from './plain-error';

describe('a line', () => {
  it.each([
    ['mail to nora.new+food@mail.example failed', 'mail to ‹e-mail› failed'],
    ['pages: /s/4fQ9x_7hKp2LmN3o was not answered', 'pages: /s/‹token› was not answered'],
    ['call +351 912 345 678 now', 'call ‹phone› now'],
    ['authorization: Bearer hfk_0123456789abcdef', 'authorization: Bearer ‹token›'],
    ['key hfr_0123456789abcdef', 'key ‹token›'],
    ['cookie eyJhbGciOiJkaXIifQ..abc.def.ghi', 'cookie ‹token›'],
  ])('has no person in it: %s', (line, without) => {
    expect(withoutPeople(line)).toBe(without);
  });

  it('keeps what is nobody’s', () => {
    const line =
      'relay: 12 events in 340 ms, xid 7312+4, at 2026-11-26T17:00:00.000Z, 10.0.0.1:5432';
    expect(withoutPeople(line)).toBe(line);
  });
});

describe('an error', () => {
  it('keeps its query and frames, and loses what it was asked with', () => {
    const cause = Object.assign(new Error('duplicate key value violates unique constraint "u"'), {
      code: '23505',
      table_name: 'users',
      constraint_name: 'users_email_key',
      detail: 'Key (email)=(nora@mail.example) already exists.',
    });
    const message =
      'Failed query: insert into users (name) values ($1)\nparams: Nora,2 Side Street';
    const plain = plainError(new Error(message, { cause }));
    expect(JSON.stringify(plain)).not.toMatch(/Nora|Side Street|nora@/);
    expect(plain).toMatchObject({
      message: 'Failed query: insert into users (name) values ($1)',
      cause: { code: '23505', table: 'users', constraint: 'users_email_key' },
    });
    expect(plain.stack).toContain('plain-error.test.ts');
  });

  it('loses the value that the database quotes', () => {
    const { message } = plainError(new Error('invalid input syntax for type uuid: "Nora New"'));
    expect(message).toBe('invalid input syntax for type uuid: "…"');
  });

  it('may be no error at all, or its own cause', () => {
    expect(plainError('nora@mail.example').message).toBe('‹e-mail›');
    const loop = new Error('a');
    loop.cause = loop;
    expect(plainError(loop).type).toBe('Error');
  });
});
