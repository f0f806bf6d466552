import { describe, expect, it } from 'vitest';
import { statementTimes } from './server-clock';

describe('the times of a session’s statements', () => {
  it('are those of their steps together, whatever other sessions and statements say between them', () => {
    const log = [
      '7 LOG:  duration: 1.5 ms  parse s1: SELECT $1',
      '8 LOG:  duration: 40 ms  execute s1: SELECT pg_sleep($1)',
      '7 LOG:  duration: 0.25 ms  bind s1: SELECT $1',
      '7 LOG:  duration: 2 ms  execute s1: SELECT $1,',
      "\t'7 LOG:  duration: 900 ms  execute s1: SELECT'",
      '7 ERROR:  canceling statement due to user request',
      '7 LOG:  duration: 0.125 ms  bind s1: SELECT $1',
      '7 LOG:  duration: 1 ms  execute s1: SELECT $1',
      '7 LOG:  duration: 0.5 ms  statement: SELECT 1',
    ].join('\n');
    expect(statementTimes(log, 7)).toEqual([3.75, 1.125, 0.5]);
    expect(statementTimes(log, 9)).toEqual([]);
  });
});
