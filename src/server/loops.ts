import { setTimeout as wait } from 'node:timers/promises';
import type { LogEvent } from '@/domain/events';
import { calibrateEta } from '@/services/calibrate-eta';
import type { ServiceContext } from '@/services/context';
import { keepHouse } from '@/services/keep-house';
import type { PictureStore } from '@/services/picture-store';
import { type ReconciliationReport, reconcilePayments } from '@/services/reconcile-payments';
import { runAnalyticsRound } from '@/services/run-analytics-round';
import { runArrivalRound } from '@/services/run-arrival-round';
import { runDispatchRound, stopDispatching } from '@/services/run-dispatch-round';
import { runEtaRound } from '@/services/run-eta-round';
import { runKitchenRound } from '@/services/run-kitchen-round';
import { runMustSeeRound } from '@/services/run-must-see-round';
import { runPaymentsRound } from '@/services/run-payments-round';
import { RelayPool, runRelayRound } from '@/services/run-relay-round';
import { runShiftRound } from '@/services/run-shift-round';
import { runStallRound } from '@/services/run-stall-round';
import { type AccountMailSender, sendAccountMail } from '@/services/send-account-mail';
import { type InvitationSender, sendInvitation } from '@/services/send-invitation';
import { type NoticeSenders, sendNotices } from '@/services/send-notices';
import type { Sinks } from '@/services/sink';
import { writeNotices } from '@/services/write-notices';
import { inSpan } from '@/telemetry/span';

export type LoopHealth = { name: string; healthy: boolean; secondsSinceRound: number };

export type Loop = {
  /** Something has changed: run a round now. */
  wake(): void;
  health(): LoopHealth;
  stop(): Promise<void>;
};

type LoopOptions = {
  name: string;
  /** One round; answers when the next is due at the latest, or null. */
  round: () => Promise<Date | null>;
  onError: (error: unknown, where: string) => void;
  /** However little there is to do, a round runs this often, milliseconds. */
  longestPauseMs?: number;
  /** However often it is woken, rounds begin so far from each other, milliseconds. */
  gapMs?: number;
};

const LONGEST_PAUSE_MS = 1_000;
const HOUSEKEEPING_MS = 600_000;
/** What somebody else holds is looked at again after so long. */
const HELD_MS = 100;
/** What is raised closely together rings together. */
const MUST_SEE_GAP_MS = 50;
/** Events that come close together are looked for together. */
const RELAY_GAP_MS = 20;
/** Steps of kitchens go by minutes: orders that come close together are looked at together. */
const KITCHEN_GAP_MS = 50;
/** What is owed to people outside the page is written down together. */
const NOTICES_GAP_MS = 100;
const ETA_MS = 2_000;
const ARRIVALS_MS = 2_000;
const SHIFTS_MS = 5_000;
const WATCH_MS = 5_000;
const ANALYTICS_MS = 5_000;
/** Days grow until they end, and with them what it takes to count them again: a fiftieth of the time, or a minute's rest. */
const ANALYTICS_RESTS = 49;
const ANALYTICS_LONGEST_MS = 60_000;
const RECONCILE_MS = 60_000;
/** The first comparison of books goes back this far; later ones overlap the one before by so much. */
const FIRST_LOOK_BACK_MS = 48 * 3_600_000;
const OVERLAP_MS = 300_000;
const RETRY_MS = 500;
/** A zone is planned so often at the most, however much becomes free. */
const PLAN_GAP_MS = 500;
/** A round may be given up anywhere: one that is still running when its process stops is waited for so long. */
const STOP_WITHIN_MS = 5_000;
/** A loop whose next round is overdue by so much is not healthy, seconds. */
const UNHEALTHY_AFTER_S = 10;

/** Runs rounds one after another: at once when woken, else when something is due. */
export function startLoop(options: LoopOptions): Loop {
  const { name, round, onError, longestPauseMs = LONGEST_PAUSE_MS, gapMs = 0 } = options;
  let stopped = false;
  let woken = false;
  let resume: (() => void) | null = null;
  let lastRoundAt = Date.now();

  const pause = async (milliseconds: number) => {
    if (woken || stopped || milliseconds <= 0) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      resume = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    resume = null;
  };

  const run = async () => {
    while (!stopped) {
      woken = false;
      try {
        const due = await inSpan(`round ${name}`, {}, round);
        if (gapMs > 0) await new Promise((resolve) => setTimeout(resolve, gapMs));
        lastRoundAt = Date.now();
        const untilDue = due ? due.getTime() - Date.now() : longestPauseMs;
        await pause(Math.min(longestPauseMs, Math.max(1, untilDue)));
      } catch (error) {
        onError(error, name);
        woken = false;
        await pause(RETRY_MS);
      }
    }
  };
  const running = run();

  return {
    wake() {
      woken = true;
      resume?.();
    },
    health() {
      const secondsSinceRound = (Date.now() - lastRoundAt) / 1_000;
      const healthy = secondsSinceRound < longestPauseMs / 1_000 + UNHEALTHY_AFTER_S;
      return { name, healthy, secondsSinceRound };
    },
    async stop() {
      stopped = true;
      resume?.();
      const cut = new AbortController();
      const late = wait(STOP_WITHIN_MS, undefined, { signal: cut.signal }).catch(() => undefined);
      await Promise.race([running, late]);
      cut.abort();
    },
  };
}

export type Loops = {
  /** Wakes the loops that an event concerns. */
  onEvent(event: LogEvent): void;
  health(): LoopHealth[];
  /** What the last comparison of books could not mend by itself. */
  mismatches(): ReconciliationReport['mismatches'];
  stop(): Promise<void>;
};

/** Of a process that leaves them to others. */
export const NO_LOOPS: Loops = {
  onEvent: () => undefined,
  health: () => [],
  mismatches: () => [],
  stop: () => Promise.resolve(),
};

const DISPATCH_EVENTS =
  /^(delivery\.(created|restored|unassigned|updated|offering)|offer\.(declined|expired|withdrawn)|driver\.(online|back))$/;
/** With these, somebody or something has become free: no window is waited for. */
const HURRY_EVENTS =
  /^(delivery\.(restored|unassigned|cancelled|delivered|returned)|offer\.(declined|expired|withdrawn)|driver\.(online|back|updated)|order\.ready)$/;
const NOTICE_EVENTS =
  /^(order\.(accepted|delayed|ready|completed|rejected|expired|cancelled)|delivery\.(picked_up|imminent|at_dropoff)|message\.sent|offer\.made|notice\.redriven|must_see\.(push|email|sms))$/;
const KITCHEN_EVENTS = /^(order\.(placed|accepted|restored)|payment\.authorised)$/;
/** Something waits to be seen. */
const MUST_SEE_EVENTS = /^must_see\.raised$/;
/** The kitchen has said another time: its customer is told at once. */
const ETA_EVENTS = /^order\.ready_moved$/;
/** With these, a shift may be over, or has another end. */
const SHIFT_EVENTS =
  /^(driver\.(online|updated)|delivery\.(delivered|returned|cancelled|unassigned))$/;
/** With these, money may have to move. */
const PAYMENT_EVENTS = /^(order\.(completed|cancelled|rejected|expired)|payment\.refund_asked)$/;

/** Our books and a provider's differ in a way that a person has to look at. */
class BooksDiffer extends Error {
  override readonly name = 'BooksDiffer';
  constructor(readonly report: ReconciliationReport) {
    super(`${report.mismatches.length} payments stand differently at the provider`);
  }
}

/** The control loops of the platform. Any number of processes may run them. */
export function startLoops(
  contextFor: (part: string) => ServiceContext,
  senders: NoticeSenders & { invitation: InvitationSender; account: AccountMailSender },
  sinks: Sinks,
  proofs: PictureStore | undefined,
  onError: LoopOptions['onError'],
): Loops {
  let hurried = false;
  const dispatch = startLoop({
    name: 'dispatch',
    round: async () => {
      const options = { hurried, minGapMs: PLAN_GAP_MS };
      hurried = false;
      const report = await runDispatchRound(contextFor('dispatch'), options);
      if (!report.hurried) return report.nextDueAt;
      hurried = true;
      return new Date(
        Math.min(Date.now() + PLAN_GAP_MS, report.nextDueAt?.getTime() ?? Number.POSITIVE_INFINITY),
      );
    },
    onError,
  });
  const watch = startLoop({
    name: 'watch',
    round: async () => {
      await runStallRound(contextFor('watch'));
      return null;
    },
    onError,
    longestPauseMs: WATCH_MS,
  });
  const kitchen = startLoop({
    name: 'kitchen',
    round: async () => {
      await runKitchenRound(contextFor('kitchen'));
      return null;
    },
    onError,
    gapMs: KITCHEN_GAP_MS,
  });
  const mustSees = startLoop({
    name: 'must-sees',
    round: async () => {
      const options = { sms: senders.sms !== undefined };
      const { nextDueAt } = await runMustSeeRound(contextFor('ladder'), options);
      // What somebody else holds just now is due already.
      return nextDueAt && new Date(Math.max(nextDueAt.getTime(), Date.now() + HELD_MS));
    },
    onError,
    gapMs: MUST_SEE_GAP_MS,
  });
  const eta = startLoop({
    name: 'eta',
    round: async () => {
      await runEtaRound(contextFor('eta'));
      return null;
    },
    onError,
    longestPauseMs: ETA_MS,
  });
  const notices = startLoop({
    name: 'notices',
    round: async () => {
      const ctx = contextFor('notices');
      while ((await writeNotices(ctx)) > 0);
      while ((await sendNotices(ctx, senders)) > 0);
      while (await sendInvitation(ctx, senders.invitation));
      while (await sendAccountMail(ctx, senders.account));
      return null;
    },
    onError,
    gapMs: NOTICES_GAP_MS,
  });
  const pool = new RelayPool({
    onError: (error) => onError(error, 'relay'),
    onFree: () => relay.wake(),
  });
  let anyoneListens = true;
  const relay = startLoop({
    name: 'relay',
    round: async () => {
      const { anyone, nextDueAt } = await runRelayRound(contextFor('relay'), sinks, pool);
      anyoneListens = anyone;
      return nextDueAt;
    },
    onError,
    gapMs: RELAY_GAP_MS,
  });
  const housekeeping = startLoop({
    name: 'housekeeping',
    round: async () => {
      await keepHouse(contextFor('housekeeping'), proofs);
      await calibrateEta(contextFor('eta'));
      return null;
    },
    onError,
    longestPauseMs: HOUSEKEEPING_MS,
  });
  const payments = startLoop({
    name: 'payments',
    round: async () => (await runPaymentsRound(contextFor('payments'))).nextDueAt,
    onError,
  });
  const shifts = startLoop({
    name: 'shifts',
    round: async () => (await runShiftRound(contextFor('shifts'))).nextDueAt,
    onError,
    longestPauseMs: SHIFTS_MS,
  });
  const arrivals = startLoop({
    name: 'arrivals',
    round: async () => {
      await runArrivalRound(contextFor('arrivals'));
      return null;
    },
    onError,
    longestPauseMs: ARRIVALS_MS,
  });
  const analytics = startLoop({
    name: 'analytics',
    round: async () => {
      const { againMs, more } = await runAnalyticsRound(contextFor('analytics'));
      return new Date(Date.now() + Math.max(againMs * ANALYTICS_RESTS, more ? 0 : ANALYTICS_MS));
    },
    onError,
    longestPauseMs: ANALYTICS_LONGEST_MS,
  });
  let mismatches: ReconciliationReport['mismatches'] = [];
  let comparedAt: number | null = null;
  const reconciliation = startLoop({
    name: 'reconciliation',
    round: async () => {
      const startedAt = Date.now();
      const since = comparedAt === null ? startedAt - FIRST_LOOK_BACK_MS : comparedAt - OVERLAP_MS;
      const report = await reconcilePayments(contextFor('reconciliation'), new Date(since));
      comparedAt = startedAt;
      mismatches = report.mismatches;
      if (mismatches.length > 0) onError(new BooksDiffer(report), 'reconciliation');
      return null;
    },
    onError,
    longestPauseMs: RECONCILE_MS,
  });
  const loops = [
    ...[dispatch, watch, kitchen, mustSees, eta, arrivals, notices, housekeeping, payments, shifts],
    reconciliation,
    analytics,
    relay,
  ];
  return {
    onEvent({ type }) {
      if (HURRY_EVENTS.test(type)) hurried = true;
      if (DISPATCH_EVENTS.test(type) || hurried) dispatch.wake();
      if (KITCHEN_EVENTS.test(type)) kitchen.wake();
      if (MUST_SEE_EVENTS.test(type)) mustSees.wake();
      if (ETA_EVENTS.test(type)) eta.wake();
      if (NOTICE_EVENTS.test(type)) notices.wake();
      if (SHIFT_EVENTS.test(type)) shifts.wake();
      if (PAYMENT_EVENTS.test(type)) payments.wake();
      // Whoever comes to listen is seen by the round that runs each second.
      if (anyoneListens) relay.wake();
    },
    health: () => loops.map((loop) => loop.health()),
    mismatches: () => mismatches,
    async stop() {
      await Promise.all([...loops.map((loop) => loop.stop()), pool.stop()]);
      await stopDispatching(contextFor('dispatch')).catch((error) => onError(error, 'dispatch'));
    },
  };
}
