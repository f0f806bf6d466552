import { describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, settingOf, settingProblem } from './settings';

describe('a stored section', () => {
  it.each([
    [null, DEFAULT_SETTINGS.retention],
    ['nonsense', DEFAULT_SETTINGS.retention],
    [[], DEFAULT_SETTINGS.retention],
    [{ positionDays: 3 }, { ...DEFAULT_SETTINGS.retention, positionDays: 3 }],
    [
      { positionDays: 'soon', eventDays: 90 },
      { ...DEFAULT_SETTINGS.retention, eventDays: 90 },
    ],
    [{ forever: true }, DEFAULT_SETTINGS.retention],
  ])('%j holds as far as it makes sense', (stored, held) => {
    expect(settingOf('retention', stored)).toEqual(held);
  });

  it('has nothing wrong with it as it comes', () => {
    for (const section of ['terms', 'notices', 'retention'] as const) {
      expect(settingProblem(section, { ...DEFAULT_SETTINGS[section] })).toBeNull();
    }
  });

  it.each([
    ['terms', { driverPayBase: 1.5 }, { problem: 'not_whole', limit: null }],
    ['terms', { driverPayBase: 5_001 }, { problem: 'too_big', limit: 5_000 }],
    ['retention', { eventDays: 29 }, { problem: 'too_small', limit: 30 }],
    ['retention', { eventDays: null }, null],
    ['notices', { accepted: [] }, null],
    ['notices', { offer: ['page', 'push'] }, null],
    ['notices', { offer: ['email'] }, { problem: 'no_channel' }],
    ['notices', { accepted: 'page' }, { problem: 'no_channel' }],
  ] as const)('%s %j', (section, document, problem) => {
    const found = settingProblem(section, document);
    if (problem) expect(found).toMatchObject(problem);
    else expect(found).toBeNull();
  });
});
