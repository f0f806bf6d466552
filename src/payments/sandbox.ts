import { randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import type { Database, Transaction } from '@/db/client';
import {
  addRefund,
  chargesSince,
  countCapture,
  findCard,
  findCharge,
  insertCharge,
  insertWebhook,
  moveCharge,
  type SandboxCharge,
} from '@/db/queries/sandbox';
import { invalid } from '@/domain/errors';
import { CHARGE_STATES, type Charge, type ChargeStatus, DECLINE_CODES } from '@/domain/payment';
import { asBehaviour, type CardBehaviour } from '@/domain/test-cards';
import type {
  CardSource,
  PaymentProvider,
  ProviderEvent,
  WebhookHeaders,
} from '@/services/payment-provider';
import { isSignedBy } from './signature';

export const SANDBOX = 'sandbox';
export const SIGNATURE_HEADER = 'sandbox-signature';

/** A card's token is good for so long, minutes. */
export const TOKEN_MINUTES = 30;
/** How long a bank that takes its time does take, seconds. */
const BANK_SECONDS = 4;
/** So many captures fail on the card that asks for it. */
const FAILING_CAPTURES = 3;
const PAGE = 200;

const ANSWERS: Readonly<Record<CardBehaviour, Pick<SandboxCharge, 'status' | 'declineReason'>>> = {
  approves: { status: 'authorised', declineReason: null },
  captures_late: { status: 'authorised', declineReason: null },
  declines: { status: 'declined', declineReason: 'declined' },
  lacks_funds: { status: 'declined', declineReason: 'insufficient_funds' },
  approves_later: { status: 'pending', declineReason: null },
  declines_later: { status: 'pending', declineReason: null },
};

const EventSchema = z.object({
  id: z.uuid(),
  type: z.string().max(60),
  charge: z.object({
    paymentId: z.uuid(),
    ref: z.string().max(80),
    status: z.enum(CHARGE_STATES),
    currency: z.string().length(3),
    amount: z.number().int().min(0),
    captured: z.number().int().min(0),
    refunded: z.number().int().min(0),
    label: z.string().max(60),
    declineCode: z.enum(DECLINE_CODES).nullable(),
  }),
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const chargeOf = (row: SandboxCharge): Charge => ({
  paymentId: row.paymentId,
  ref: row.ref,
  status: row.status,
  currency: row.currency,
  amount: row.amount,
  captured: row.captured,
  refunded: row.refunded,
  label: row.last4 ? `Test card •• ${row.last4}` : '',
  declineCode: row.declineReason,
});

const newRef = (): string => `test_${randomBytes(9).toString('base64url')}`;

/** Writes down that the merchant is to be told how the charge stands. */
async function tell(tx: Transaction, row: SandboxCharge): Promise<void> {
  const id = uuidv7();
  const event: ProviderEvent = { id, type: `payment.${row.status}`, charge: chargeOf(row) };
  await insertWebhook(tx, id, JSON.stringify(event));
}

/** A move in the books and the message about it, or the charge as it stands when it can't be. */
export async function moveAndTell(
  db: Database,
  paymentId: string,
  from: ChargeStatus[],
  change: Partial<SandboxCharge>,
): Promise<SandboxCharge> {
  return db.transaction(async (tx) => {
    const moved = await moveCharge(tx, paymentId, from, change);
    if (moved) {
      await tell(tx, moved);
      return moved;
    }
    const charge = await findCharge(tx, paymentId);
    if (!charge) throw new Error('the test provider knows no such charge');
    return charge;
  });
}

/**
 * A card provider to try things out with. It keeps books of its own as a bank would, answers by the
 * test cards of `domain/test-cards`, sends signed webhooks, and moves no money.
 */
export function sandboxProvider(options: {
  db: Database;
  secret: string;
  now: () => Date;
  /** Something was written that is to be sent. */
  told?: () => void;
}): PaymentProvider {
  const { db, secret, now, told = () => undefined } = options;

  async function make(charge: Omit<SandboxCharge, 'createdAt' | 'updatedAt' | 'captureAttempts'>) {
    return db.transaction(async (tx) => {
      const made = await insertCharge(tx, charge);
      if (made && made.status !== 'pending') await tell(tx, made);
      return made ?? (await findCharge(tx, charge.paymentId));
    });
  }

  async function cardBehind(source: CardSource) {
    if ('token' in source) {
      return findCard(db, source.token, new Date(now().getTime() - TOKEN_MINUTES * 60_000));
    }
    const charge = await findCharge(db, source.cardOf);
    return charge?.last4 ? charge : null;
  }

  async function settled(
    row: Promise<SandboxCharge | null> | SandboxCharge | null,
  ): Promise<Charge> {
    const charge = await row;
    if (!charge) throw new Error('a charge vanished between two statements');
    told();
    return chargeOf(charge);
  }

  return {
    name: SANDBOX,
    test: true,

    async authorise({ paymentId, amount, currency, ...source }) {
      const card = await cardBehind(source);
      const behaviour = card ? asBehaviour(card.behaviour) : 'declines';
      const answer = ANSWERS[behaviour];
      const decides = new Date(now().getTime() + BANK_SECONDS * 1_000);
      return settled(
        make({
          ...answer,
          paymentId,
          ref: newRef(),
          last4: card?.last4 ?? '',
          behaviour,
          currency,
          amount,
          captured: 0,
          refunded: 0,
          decidesAt: answer.status === 'pending' ? decides : null,
        }),
      );
    },

    async capture(paymentId, amount) {
      const charge = await findCharge(db, paymentId);
      if (charge?.status === 'authorised' && charge.behaviour === 'captures_late') {
        if ((await countCapture(db, paymentId)) <= FAILING_CAPTURES) {
          throw new Error('the test provider is out of order, as this card asks for');
        }
      }
      return settled(
        moveAndTell(db, paymentId, ['authorised'], { status: 'captured', captured: amount }),
      );
    },

    async release(paymentId) {
      // Remembered even if it was never asked for: an authorisation that is still on its way finds it.
      await make({
        paymentId,
        ref: newRef(),
        status: 'released',
        last4: '',
        behaviour: '',
        declineReason: null,
        currency: 'XXX',
        amount: 0,
        captured: 0,
        refunded: 0,
        decidesAt: null,
      });
      const change = { status: 'released' as const, decidesAt: null };
      return settled(moveAndTell(db, paymentId, ['pending', 'authorised'], change));
    },

    async refund(paymentId, part) {
      const charge = await db.transaction(async (tx) => {
        const known = await findCharge(tx, paymentId);
        const refunded = known && (await addRefund(tx, paymentId, part));
        if (refunded) await tell(tx, refunded);
        return refunded ?? findCharge(tx, paymentId);
      });
      return settled(charge);
    },

    async find(paymentId) {
      const charge = await findCharge(db, paymentId);
      return charge && chargeOf(charge);
    },

    async changedSince(since, after) {
      const rows = await chargesSince(db, since, after, PAGE);
      const next = rows.length < PAGE ? null : (rows.at(-1)?.paymentId ?? null);
      return { charges: rows.map(chargeOf), next };
    },

    readWebhook(body: string, headers: WebhookHeaders, at: Date): ProviderEvent | null {
      if (!isSignedBy(secret, body, headers[SIGNATURE_HEADER], at)) return null;
      const event = EventSchema.safeParse(parseJson(body));
      if (event.success) return event.data;
      throw invalid({
        reason: 'bad_message',
        message: 'This message can’t be read.',
        hint: 'Send an event of the test provider.',
      });
    },
  };
}
