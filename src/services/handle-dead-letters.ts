import { z } from 'zod';
import type { Transaction } from '@/db/client';
import {
  countDead,
  type DeadPlace,
  discardLetters,
  findLetters,
  listDead,
  redriveLetters,
} from '@/db/queries/dead-letters';
import { peopleById } from '@/db/queries/log';
import { peopleAmong, readActor } from '@/domain/actor';
import {
  type DeadLetter,
  DISCARD_REASON_LENGTH,
  LETTERS_AT_ONCE,
  type LettersHandled,
} from '@/domain/dead-letter';
import { invalid } from '@/domain/errors';
import { IdempotencyKey, runOrdersCommand } from './command';
import { requireRole, type ServiceContext } from './context';

export const ListDeadLettersInput = z.object({ cursor: z.string().max(120).nullish() });

const Which = IdempotencyKey.extend({
  /** The letters that were chosen, or `all` that are dead: the oldest so many of them. */
  letters: z.union([z.array(z.uuid()).min(1).max(LETTERS_AT_ONCE), z.literal('all')]),
});
export const RedriveInput = Which;
export const DiscardInput = Which.extend({
  reason: z.string().trim().min(3).max(DISCARD_REASON_LENGTH),
});

const PAGE = 50;

function placeOf(text: string): DeadPlace {
  const [diedAt = '', id = ''] = text.split(' ');
  if (Number.isNaN(Date.parse(diedAt)) || !z.uuid().safeParse(id).success) {
    throw invalid({
      reason: 'cursor_unknown',
      message: 'This is not a place in this list.',
      hint: 'Start again from the top of the list.',
    });
  }
  return { diedAt, id };
}

/** What could not be delivered to the outside, the latest first. */
export async function listDeadLetters(
  ctx: ServiceContext,
  { cursor }: z.infer<typeof ListDeadLettersInput>,
): Promise<{ letters: DeadLetter[]; total: number; next: string | null }> {
  requireRole(ctx, 'admin');
  const letters = await listDead(ctx.db, cursor ? placeOf(cursor) : null, PAGE + 1);
  const page = letters.slice(0, PAGE);
  const last = letters.length > PAGE ? page.at(-1) : null;
  return {
    letters: page,
    total: await countDead(ctx.db),
    next: last ? `${last.diedAt} ${last.id}` : null,
  };
}

type Decide = (
  tx: Transaction,
  ids: readonly string[],
) => Promise<Pick<LettersHandled, 'done' | 'passed'>>;

/** Each letter once, whoever decides at the same time: notices under the locks of their orders. */
async function handle(
  ctx: ServiceContext,
  name: string,
  request: z.infer<typeof Which>,
  decide: Decide,
): Promise<LettersHandled> {
  requireRole(ctx, 'admin');
  const found = await findLetters(ctx.db, request.letters, LETTERS_AT_ONCE);
  const orderIds = [...new Set(found.flatMap(({ orderId }) => orderId ?? []))];
  return runOrdersCommand(ctx, { name, request }, orderIds, async (tx) => {
    const ids = found.map(({ id }) => id);
    const { done, passed } = await decide(tx, ids);
    const people = await peopleById(
      tx,
      peopleAmong(passed.flatMap((each) => each.handledBy ?? [])),
    );
    return {
      done,
      passed: passed.map(({ handledBy, ...each }) => {
        const id = handledBy && readActor(handledBy).id;
        return { ...each, handledBy: id && (people[id]?.name ?? id) };
      }),
      left: await countDead(tx),
    };
  });
}

/** Sends letters again, from the beginning. */
export async function redriveDeadLetters(
  ctx: ServiceContext,
  input: z.infer<typeof RedriveInput>,
): Promise<LettersHandled> {
  return handle(ctx, 'redrive-dead-letters', input, redriveLetters);
}

/** Gives letters up for good. */
export async function discardDeadLetters(
  ctx: ServiceContext,
  input: z.infer<typeof DiscardInput>,
): Promise<LettersHandled> {
  return handle(ctx, 'discard-dead-letters', input, (tx, ids) =>
    discardLetters(tx, ids, input.reason),
  );
}
