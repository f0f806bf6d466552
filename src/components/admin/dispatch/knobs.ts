import type { PolicyKind } from '@/domain/dispatch/policy-kinds';
import type { ZonePolicy } from '@/domain/dispatch/zone-policy';

export type KnobUnit = 'seconds' | 'metres' | 'steps' | 'count' | 'weight';

/** Every knob with its unit, in the order of the page; their words are `dispatch.knob`. */
export const KNOB_GROUPS = {
  ask: {
    offerSeconds: 'seconds',
    parallelOffers: 'count',
    parallelOffersPerDriver: 'count',
  },
  search: {
    radiusStepsM: 'steps',
    candidates: 'count',
    positionFreshSeconds: 'seconds',
    maxEmptyRounds: 'count',
    backoffBaseSeconds: 'seconds',
    backoffMaxSeconds: 'seconds',
  },
  plan: {
    windowSeconds: 'seconds',
    lookAheadSeconds: 'seconds',
    leadSeconds: 'seconds',
    carriesAtMost: 'count',
    bundleSize: 'count',
    nearPickupSeconds: 'seconds',
  },
  punctual: {
    targetSeconds: 'seconds',
    overTarget: 'weight',
    laneSeconds: 'seconds',
    laneDoublesSeconds: 'seconds',
    latestDoorSeconds: 'seconds',
  },
  fair: {
    coverage: 'weight',
    fairness: 'weight',
    refusal: 'seconds',
    triesPerLate: 'count',
    maxTripsTried: 'count',
  },
  watch: {
    stalledSeconds: 'seconds',
    progressM: 'metres',
    awayM: 'metres',
    darkSeconds: 'seconds',
    settleSeconds: 'seconds',
    tellAdminSeconds: 'seconds',
    reofferSeconds: 'seconds',
  },
} as const satisfies Record<string, Record<string, KnobUnit>>;

export type KnobGroup = keyof typeof KNOB_GROUPS;
type KnobsOf<Group> = Group extends KnobGroup ? keyof (typeof KNOB_GROUPS)[Group] : never;
export type Knob = KnobsOf<KnobGroup>;

/** These may be left empty: never. */
const MAY_BE_EMPTY: ReadonlySet<string> = new Set(['latestDoorSeconds', 'reofferSeconds']);
export const mayBeEmpty = (knob: string): boolean => MAY_BE_EMPTY.has(knob);

export type KnobField = { knob: Knob; unit: KnobUnit };

/** The groups that this policy has, with its knobs. */
export function groupsOf(policy: ZonePolicy): { group: KnobGroup; knobs: KnobField[] }[] {
  const groups = Object.keys(KNOB_GROUPS) as KnobGroup[];
  return groups
    .map((group) => {
      const units: Partial<Record<Knob, KnobUnit>> = KNOB_GROUPS[group];
      const knobs = (Object.entries(units) as [Knob, KnobUnit][])
        .filter(([knob]) => knob in policy)
        .map(([knob, unit]) => ({ knob, unit }));
      return { group, knobs };
    })
    .filter(({ knobs }) => knobs.length > 0);
}

export type Typed = Partial<Record<Knob, string>>;

/** The policy as it stands in the fields. */
export function typedOf(policy: ZonePolicy): Typed {
  const text = (value: unknown): string => {
    if (value === null) return '';
    return Array.isArray(value) ? value.join(', ') : String(value);
  };
  const knobs = groupsOf(policy).flatMap((group) => group.knobs);
  const values: Record<string, unknown> = policy;
  return Object.fromEntries(knobs.map(({ knob }) => [knob, text(values[knob])]));
}

function parsed(knob: string, unit: KnobUnit, text: string): unknown {
  const said = text.trim();
  // What is no number stays as it was typed, so that the check can name it.
  const figure = (part: string): unknown => {
    const value = Number(part.trim().replace(',', '.'));
    return part.trim() === '' || Number.isNaN(value) ? part : value;
  };
  if (unit === 'steps')
    return said
      .split(/[\s,;]+/)
      .filter(Boolean)
      .map(figure);
  if (said === '' && mayBeEmpty(knob)) return null;
  return figure(said);
}

/** The document that the fields make. */
export function documentOf(kind: PolicyKind, policy: ZonePolicy, typed: Typed) {
  const knobs = groupsOf(policy).flatMap((group) => group.knobs);
  const entries = knobs.map(({ knob, unit }) => [knob, parsed(knob, unit, typed[knob] ?? '')]);
  return { kind, ...(Object.fromEntries(entries) as Record<string, unknown>) };
}
