import { postTo, runSandboxRound } from '@/payments/sandbox-round';
import { pause } from '@/realtime/pause';
import { calibrateEta } from '@/services/calibrate-eta';
import type { ServiceContext } from '@/services/context';
import { keepBrokers } from '@/services/keep-brokers';
import { keepHouse } from '@/services/keep-house';
import type { PictureStore } from '@/services/picture-store';
import { reconcilePayments } from '@/services/reconcile-payments';
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
import { sendAccountMail } from '@/services/send-account-mail';
import { sendInvitation } from '@/services/send-invitation';
import { sendNotices } from '@/services/send-notices';
import type { Sinks } from '@/services/sink';
import { writeNotices } from '@/services/write-notices';
import type { Senders } from './senders';

export type Round = { name: string; run: () => Promise<unknown> };

/** A zone is planned so often at the most, however much becomes free. */
const PLAN_GAP_MS = 500;
/** What somebody else held just now is due again at once: a pass looks again rather than leave it to the next one. */
const MOST_LOOKS = 10;
const SOON_MS = 200;
const HOUSEKEEPING_MINUTES = 10;
/** A tick may stay away for an hour: books are compared that far back, and some more. */
const LOOK_BACK_MS = 2 * 3_600_000;

/** One round each of what the loops of a server process do. Any number may run at once, see `services`. */
export function openRounds(parts: {
  contextFor: (part: string) => ServiceContext;
  senders: Senders;
  sinks: Sinks;
  /** Where pictures of handovers lie: what is old in it is forgotten. */
  pictures: PictureStore;
  /** The test provider's own side, where there is one, and where it tells how payments stand. */
  sandbox: { secret: string; origin: string } | null;
  onError: (error: unknown, where: string) => void;
}): { quick: Round[]; slow: Round[] } {
  const { contextFor, senders, sinks, pictures, sandbox, onError } = parts;
  const quick: Round[] = [
    { name: 'kitchen', run: () => runKitchenRound(contextFor('kitchen')) },
    {
      name: 'dispatch',
      // A function may be frozen after its answer: it keeps no zone from the others.
      run: async () => {
        const ctx = contextFor('dispatch');
        for (let looks = 1; ; looks += 1) {
          const report = await runDispatchRound(ctx, { hurried: true, minGapMs: PLAN_GAP_MS });
          const dueMs = report.nextDueAt && report.nextDueAt.getTime() - ctx.now().getTime();
          if (dueMs === null || dueMs > SOON_MS || looks === MOST_LOOKS) break;
          await pause(dueMs);
        }
        await stopDispatching(ctx);
      },
    },
    { name: 'payments', run: () => runPaymentsRound(contextFor('payments')) },
    ...(sandbox
      ? [
          {
            name: 'sandbox-cards',
            run: () => {
              const { db, now, random } = contextFor('sandbox-cards');
              const { secret, origin } = sandbox;
              return runSandboxRound({ db, secret, now, random, post: postTo(origin) });
            },
          },
        ]
      : []),
    {
      name: 'must-sees',
      run: () => runMustSeeRound(contextFor('ladder'), { sms: senders.sms !== undefined }),
    },
    { name: 'eta', run: () => runEtaRound(contextFor('eta')) },
    { name: 'arrivals', run: () => runArrivalRound(contextFor('arrivals')) },
    { name: 'shifts', run: () => runShiftRound(contextFor('shifts')) },
    {
      name: 'notices',
      run: async () => {
        const ctx = contextFor('notices');
        while ((await writeNotices(ctx)) > 0);
        while ((await sendNotices(ctx, senders)) > 0);
        while (await sendInvitation(ctx, senders.invitation));
        while (await sendAccountMail(ctx, senders.account));
      },
    },
    {
      name: 'relay',
      run: async () => {
        const pool = new RelayPool({ onError: (error) => onError(error, 'relay') });
        await keepBrokers(contextFor('relay'), sinks);
        await runRelayRound(contextFor('relay'), sinks, pool);
        await pool.drained();
      },
    },
  ];
  const slow: Round[] = [
    { name: 'watch', run: () => runStallRound(contextFor('watch')) },
    {
      name: 'reconciliation',
      run: () => {
        const ctx = contextFor('reconciliation');
        return reconcilePayments(ctx, new Date(ctx.now().getTime() - LOOK_BACK_MS));
      },
    },
    { name: 'analytics', run: () => runAnalyticsRound(contextFor('analytics')) },
    {
      name: 'housekeeping',
      run: async () => {
        const ctx = contextFor('housekeeping');
        if (ctx.now().getUTCMinutes() % HOUSEKEEPING_MINUTES !== 0) return;
        await keepHouse(ctx, pictures);
        await calibrateEta(contextFor('eta'));
      },
    },
  ];
  return { quick, slow };
}
