import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noticeMachine, relayLetterMachine } from './dead-letter';
import { deliveryMachine, isCarried, needsDriver, nextDriverStep } from './delivery';
import { allSteps, isTerminal, type Machine, next, unreachableStates } from './machine';
import { offerMachine } from './offer';
import { isOpenOrder, orderMachine } from './order';
import { paymentMachine } from './payment';

const machines: Machine<string, string>[] = [
  orderMachine,
  deliveryMachine,
  offerMachine,
  paymentMachine,
  noticeMachine,
  relayLetterMachine,
];

const migrations = (): string =>
  readdirSync('drizzle')
    .filter((file) => file.endsWith('.sql'))
    .map((file) => readFileSync(`drizzle/${file}`, 'utf8'))
    .join('\n');

describe.each(machines.map((machine) => [machine.name, machine] as const))('%s', (_, machine) => {
  it('reaches every state, and leads only to states that exist', () => {
    expect(unreachableStates(machine)).toEqual([]);
    for (const { to } of allSteps(machine)) expect(Object.keys(machine.steps)).toContain(to);
  });

  it('can end from every state', () => {
    for (const state of Object.keys(machine.steps)) {
      const from = { ...machine, initial: state };
      const reachable = Object.keys(machine.steps).filter(
        (other) => !unreachableStates(from).includes(other),
      );
      const canRest = reachable.some(
        (other) => isTerminal(machine, other) || other === 'cancelled',
      );
      expect(canRest, state).toBe(true);
    }
  });

  it('leads by one command to one state, wherever the command stands', () => {
    const targets = new Map<string, Set<string>>();
    for (const { command, to } of allSteps(machine)) {
      targets.set(command, (targets.get(command) ?? new Set()).add(to));
    }
    for (const [command, to] of targets) expect(to.size, command).toBe(1);
  });

  it('never leaves the machine, whatever is asked of it', () => {
    const commands = [...new Set(allSteps(machine).map(({ command }) => command))];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...commands)), (asked) => {
        let state = machine.initial;
        for (const command of asked) state = next(machine, state, command) ?? state;
        expect(machine.steps[state]).toBeDefined();
      }),
    );
  });

  it('stands in the migration as it stands here', () => {
    const rows = [...migrations().matchAll(/^ {2}\('(\w+)', '(\w+)', '(\w+)', '(\w+)'\)/gm)]
      .filter(([, name]) => name === machine.name)
      .map(([, , from, command, to]) => ({ from, command, to }));
    expect(rows).toEqual(allSteps(machine));
  });
});

it('a driver’s next step is always the one that the machine allows', () => {
  const walk = ['assigned', 'at_pickup', 'picked_up', 'at_dropoff'] as const;
  expect(walk.map(nextDriverStep)).toEqual([
    'arrive_pickup',
    'pick_up',
    'arrive_dropoff',
    'deliver',
  ]);
  expect(nextDriverStep('delivered')).toBeNull();
  expect(nextDriverStep('failed')).toBe('return');
});

it('a delivery is searched for, carried, or over, never two of them', () => {
  for (const { from } of allSteps(deliveryMachine)) {
    expect(isCarried(from) && needsDriver(from)).toBe(false);
  }
});

it('an open order can still be completed or cancelled', () => {
  for (const state of ['placed', 'accepted', 'preparing', 'ready'] as const) {
    expect(isOpenOrder(state)).toBe(true);
    expect(next(orderMachine, state, 'cancel')).toBe('cancelled');
  }
});
