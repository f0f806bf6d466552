import { expect, it } from 'vitest';
import { peopleAmong, readActor } from './actor';

it.each([
  ['user:0190', { source: 'app', id: '0190' }],
  ['system:dispatch', { source: 'platform', id: 'dispatch' }],
  ['database:hotfoot', { source: 'psql', id: 'hotfoot' }],
  ['somebody', { source: 'psql', id: 'somebody' }],
])('%s is read as whoever it was', (actor, read) => {
  expect(readActor(actor)).toEqual(read);
});

it('people are found among actors, each once, and only real ones', () => {
  const id = '01909b1c-0000-7000-8000-000000000001';
  expect(peopleAmong([`user:${id}`, 'system:eta', `user:${id}`, 'user:root'])).toEqual([id]);
});
