/** A state machine as data: state → command → next state. */
export type Machine<State extends string, Command extends string> = {
  readonly name: string;
  readonly initial: State;
  readonly steps: Readonly<Record<State, Readonly<Partial<Record<Command, State>>>>>;
};

export type Step<State extends string, Command extends string> = {
  from: State;
  command: Command;
  to: State;
};

/** The state that `command` leads to from `from`, or null when the machine does not allow it. */
export function next<State extends string, Command extends string>(
  machine: Machine<State, Command>,
  from: State,
  command: Command,
): State | null {
  return machine.steps[from][command] ?? null;
}

/** Every step of the machine, in the order in which it is written. */
export function allSteps<State extends string, Command extends string>(
  machine: Machine<State, Command>,
): Step<State, Command>[] {
  const states = Object.keys(machine.steps) as State[];
  return states.flatMap((from) =>
    (Object.entries(machine.steps[from]) as [Command, State][]).map(([command, to]) => ({
      from,
      command,
      to,
    })),
  );
}

/** The states from which `command` is allowed: the right-hand side of a compare-and-set. */
export function statesAllowing<State extends string, Command extends string>(
  machine: Machine<State, Command>,
  command: Command,
): State[] {
  return allSteps(machine)
    .filter((step) => step.command === command)
    .map((step) => step.from);
}

/** The states from which `command` is allowed, and the one to which it leads from each of them. */
export function stepOf<State extends string, Command extends string>(
  machine: Machine<State, Command>,
  command: Command,
): { from: State[]; to: State } {
  const from = statesAllowing(machine, command);
  const [first] = from;
  const to = first && machine.steps[first][command];
  if (!to) throw new TypeError(`${machine.name}: nothing can ${command}`);
  return { from, to };
}

export function isTerminal<State extends string, Command extends string>(
  machine: Machine<State, Command>,
  state: State,
): boolean {
  return Object.keys(machine.steps[state]).length === 0;
}

/** States that no sequence of steps reaches from the initial one. */
export function unreachableStates<State extends string, Command extends string>(
  machine: Machine<State, Command>,
): State[] {
  const reached = new Set<State>([machine.initial]);
  for (const state of reached) {
    for (const step of allSteps(machine)) if (step.from === state) reached.add(step.to);
  }
  return (Object.keys(machine.steps) as State[]).filter((state) => !reached.has(state));
}

/** The machine as a Mermaid state diagram. */
export function toMermaid<State extends string, Command extends string>(
  machine: Machine<State, Command>,
): string {
  const arrows = allSteps(machine).map((step) => `  ${step.from} --> ${step.to}: ${step.command}`);
  const ends = (Object.keys(machine.steps) as State[])
    .filter((state) => isTerminal(machine, state))
    .map((state) => `  ${state} --> [*]`);
  return ['stateDiagram-v2', `  [*] --> ${machine.initial}`, ...arrows, ...ends].join('\n');
}
