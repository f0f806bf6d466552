import type { Transaction } from '@/db/client';
import {
  busyNear,
  type CandidateSearch,
  candidatesAmong,
  nearestCandidates,
} from '@/db/queries/candidates';
import { stepDelivery } from '@/db/queries/deliveries';
import {
  changeSearches,
  insertAttempts,
  insertQuestions,
  type LockedState,
  lockSearches,
  type NewQuestion,
  type SearchChange,
  type SearchRow,
} from '@/db/queries/searches';
import { deliveryMachine } from '@/domain/delivery';
import {
  type AttemptDriver,
  type BusyDriver,
  type KnownCandidate,
  leftAside,
  searched,
  whyOf,
} from '@/domain/dispatch/attempt';
import type { BroadcastDecision } from '@/domain/dispatch/broadcast';
import { radiusFor } from '@/domain/dispatch/policy';
import { planSearches } from '@/domain/dispatch/search-round';
import { questionsAtOnce, type ZonePolicy } from '@/domain/dispatch/zone-policy';
import { conflict } from '@/domain/errors';
import { isOpenOrder } from '@/domain/order';
import { runCommand } from './command';
import type { ServiceContext } from './context';

export type SearchPolicy = Exclude<ZonePolicy, { kind: 'batch' }>;
type Decision = BroadcastDecision<KnownCandidate>;

/** So many of those who were busy are kept with an attempt. */
const KEPT_BUSY = 5;

export type SearchZone = {
  policy: SearchPolicy;
  /** Whether this dispatcher still serves the zone; asked in the transaction that writes. */
  stillOurs: (tx: Transaction) => Promise<boolean>;
};

export type Searched = {
  decided: Decision['kind'][];
  /** Their drivers were taken by others of the round: to be looked at again. */
  crowded: SearchRow[];
};

/** *Nearest* is *broadcast* to one. */
const atOnce = (policy: SearchPolicy): number =>
  policy.kind === 'broadcast' ? policy.parallelOffers : 1;

const lookOf = (row: SearchRow, policy: SearchPolicy): CandidateSearch => ({
  ...{ deliveryId: row.id, pickup: row.pickup, radiusM: radiusFor(policy, row.emptyRounds) },
  ...{ round: row.emptyRounds, searchStartedAt: row.searchStartedAt },
  avoidDriverId: row.avoidDriverId,
});

/**
 * The nearest who are free: those whom this process remembers, looked at again in the database, or by KNN
 * there when it remembers too few or one of them is not free any more.
 */
async function candidatesOf(
  ctx: ServiceContext,
  looks: readonly CandidateSearch[],
  limit: number,
): Promise<KnownCandidate[][]> {
  const remembered = looks.flatMap((look, n) => {
    const among = ctx.nearDrivers?.(look.pickup, limit, look.radiusM);
    return among?.length === limit ? [{ ...look, among, n }] : [];
  });
  const found: (KnownCandidate[] | undefined)[] = looks.map(() => undefined);
  const free = await candidatesAmong(ctx.db, remembered, limit, ctx.now());
  for (const [at, { n }] of remembered.entries()) {
    if (free[at]?.length === limit) found[n] = free[at];
  }
  const left = looks.flatMap((look, n) => (found[n] ? [] : [{ look, n }]));
  const byKnn = await nearestCandidates(
    ctx.db,
    left.map(({ look }) => look),
    limit,
    ctx.now(),
  );
  for (const [at, { n }] of left.entries()) found[n] = byKnn[at];
  return found.map((candidates) => candidates ?? []);
}

type Planned = {
  row: SearchRow;
  radiusM: number;
  decision: Decision;
  busy: readonly BusyDriver[];
};

/** Decides a round from what the database says now, without a lock: it is looked at again when it is written. */
async function decide(
  ctx: ServiceContext,
  rows: readonly SearchRow[],
  policy: SearchPolicy,
): Promise<{ planned: Planned[]; crowded: SearchRow[] }> {
  const looks = rows.map((row) => lookOf(row, policy));
  const [candidates, busy] = await Promise.all([
    candidatesOf(ctx, looks, policy.candidates),
    busyNear(ctx.db, looks, KEPT_BUSY, ctx.now()),
  ]);
  const decisions = planSearches(
    rows.map(({ emptyRounds, askedNow }, n) => ({
      ...{ emptyRounds, askedNow: new Set(askedNow), candidates: candidates[n] ?? [] },
    })),
    {
      ...{ ...policy, parallelOffers: atOnce(policy) },
      parallelOffersPerDriver: questionsAtOnce(policy),
    },
    ctx.now(),
    ctx.random,
  );
  const crowded: SearchRow[] = [];
  const planned = rows.flatMap((row, n): Planned[] => {
    const decision = decisions[n];
    if (decision && decision.kind !== 'crowded') {
      return [{ row, decision, radiusM: looks[n]?.radiusM ?? 0, busy: busy[n] ?? [] }];
    }
    crowded.push(row);
    return [];
  });
  return { planned, crowded };
}

/** Without those who may not be asked any more; null when that is everybody. */
function withoutLost(decision: Decision, { taken }: LockedState): Decision | null {
  if (decision.kind !== 'offer') return decision;
  const driverIds = decision.driverIds.filter((id) => taken.has(id));
  if (driverIds.length === decision.driverIds.length) return decision;
  const lost = new Set(decision.driverIds.filter((id) => !taken.has(id)));
  const considered = decision.considered.map((each) =>
    lost.has(each.driverId) ? { ...each, verdict: 'asked_already' as const } : each,
  );
  return driverIds.length > 0 ? { ...decision, driverIds, considered } : null;
}

function questionsOf(
  { row, decision }: Planned,
  considered: readonly AttemptDriver[],
  policy: SearchPolicy,
  { taken }: LockedState,
): NewQuestion[] {
  if (decision.kind !== 'offer') return [];
  const { driverIds, expiresAt } = decision;
  const code = policy.kind === 'broadcast' ? 'first_wins' : 'nearest';
  return decision.considered.flatMap((driver) => {
    const { driverId, name: driverName, distanceM: pickupDistanceM } = driver;
    if (!driverIds.includes(driverId)) return [];
    const slots = Array.from({ length: questionsAtOnce(policy) }, (_, n) => n + 1);
    const askSlot = slots.find((slot) => !taken.get(driverId)?.has(slot)) ?? 1;
    return [
      {
        ...{ deliveryId: row.id, orderId: row.orderId, driverId, driverName },
        ...{
          attempt: row.attempt + 1,
          round: row.emptyRounds,
          pickupDistanceM,
          expiresAt,
          askSlot,
        },
        why: whyOf(code, considered, driverId, driverIds.length),
      },
    ];
  });
}

/** What becomes of the search. */
function changeOf({ row, decision, radiusM }: Planned): SearchChange {
  const { id, status: was, emptyRounds } = row;
  const same = { id, was, status: was, emptyRounds, nextAttemptAt: null, reason: null };
  if (decision.kind === 'hold') return { ...same, attempt: row.attempt, radiusM: row.radiusM };
  const next = { ...same, attempt: row.attempt + 1, radiusM };
  switch (decision.kind) {
    case 'offer':
      return { ...next, status: 'offering' };
    case 'wait':
      return { ...next, emptyRounds: emptyRounds + 1, nextAttemptAt: decision.until };
    case 'give_up': {
      const status = deliveryMachine.steps[was].exhaust ?? was;
      return { ...next, status, reason: 'no_driver_found' };
    }
  }
}

async function write(
  tx: Transaction,
  planned: readonly Planned[],
  policy: SearchPolicy,
  locked: LockedState,
): Promise<void> {
  const told = planned.map((each) => {
    const { decision, busy, radiusM, row } = each;
    if (decision.kind === 'hold') return { each, questions: [], attempts: [] };
    const candidates = searched(decision.considered);
    const considered = [...candidates, ...leftAside(busy, KEPT_BUSY)];
    const attempt = {
      ...{ deliveryId: row.id, number: row.attempt + 1, radiusM, considered },
      ...{ outcome: decision.kind, policy: policy.kind },
      nextAttemptAt: decision.kind === 'wait' ? decision.until : null,
    };
    const questions = questionsOf(each, candidates, policy, locked);
    return { each, questions, attempts: [attempt] };
  });
  const [, changed] = await Promise.all([
    insertQuestions(
      tx,
      told.flatMap(({ questions }) => questions),
    ),
    changeSearches(
      tx,
      told.map(({ each }) => changeOf(each)),
    ),
    insertAttempts(
      tx,
      told.flatMap(({ attempts }) => attempts),
    ),
  ]);
  if (changed === planned.length) return;
  throw conflict({
    reason: 'changed_meanwhile',
    message: 'A delivery was changed past its order’s lock while a driver was searched for.',
    hint: 'It is looked at again in the next round.',
  });
}

/**
 * Decides searches that are due, by *nearest* or *broadcast*, all at once, and writes what it decided in one
 * short transaction: locks orders, then drivers, looks again, and leaves alone what somebody else holds or
 * has changed since.
 */
export async function searchDrivers(
  ctx: ServiceContext,
  rows: readonly SearchRow[],
  { policy, stillOurs }: SearchZone,
): Promise<Searched> {
  const { planned, crowded } = await decide(ctx, rows, policy);
  const driverIds = planned.flatMap(({ decision }) =>
    decision.kind === 'offer' ? decision.driverIds : [],
  );
  return runCommand(ctx, { name: 'dispatch', request: null }, async (tx) => {
    const searches = planned.map(({ row }) => row);
    const [locked, ours] = await Promise.all([
      lockSearches(tx, searches, driverIds),
      stillOurs(tx),
    ]);
    if (!ours) return { decided: [], crowded: [] };
    const again = [...crowded];
    const kept: Planned[] = [];
    for (const each of planned) {
      const { row } = each;
      const status = locked.orders.get(row.orderId);
      const now = locked.searches.get(row.id);
      const due = now?.nextAttemptAt?.getTime() === row.nextAttemptAt?.getTime();
      if (!status || !due || now?.status !== row.status || now.attempt !== row.attempt) continue;
      if (!isOpenOrder(status)) {
        // Closed by hand, past the services: nobody is to be asked any more.
        await stepDelivery(tx, row.id, 'cancel', { reason: 'order_closed' });
        continue;
      }
      const decision = withoutLost(each.decision, locked);
      if (decision) kept.push({ ...each, decision });
      else again.push(row);
    }
    await write(tx, kept, policy, locked);
    return { decided: kept.map(({ decision }) => decision.kind), crowded: again };
  });
}
