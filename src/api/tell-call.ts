import type { TRPCError } from '@trpc/server';
import { z } from 'zod';
import { Refusal } from '@/domain/errors';
import { inSpan, noteOnSpan } from '@/telemetry/span';
import type { AnsweredCall, ApiContext, CallAbout } from './context';

const AboutOrder = z.object({ orderId: z.uuid() });
const orderIn = (value: unknown): string | undefined => AboutOrder.safeParse(value).data?.orderId;

/** What calls that failed were about, for those who are only handed the error. */
const abouts = new WeakMap<object, CallAbout>();

/** What the call was about that failed by this error, as far as is known. */
export const aboutOf = (error: unknown): CallAbout =>
  (typeof error === 'object' && error !== null && abouts.get(error)) || {};

type Call<Result> = {
  ctx: ApiContext;
  path: string;
  type: AnsweredCall['kind'];
  getRawInput: () => Promise<unknown>;
  next: () => Promise<Result>;
};

type Result = { ok: true; data: unknown } | { ok: false; error: TRPCError };

const reasonOf = ({ cause }: TRPCError) => (cause instanceof Refusal ? cause.reason : undefined);

/** Whichever way a call came: a span, and a line of the log by which it, and all about its order, are found. */
export function tellCall<R extends Result>(call: Call<R>): Promise<R> {
  const { ctx, path, type: kind, getRawInput, next } = call;
  const requestId = ctx.requestId ?? crypto.randomUUID();
  const attributes = { 'rpc.system': 'trpc', 'rpc.method': path, 'hotfoot.request_id': requestId };
  return inSpan(path, attributes, async () => {
    const began = performance.now();
    const result = await next();
    const orderId = orderIn(await getRawInput()) ?? (result.ok ? orderIn(result.data) : undefined);
    const about: CallAbout = orderId === undefined ? { requestId } : { requestId, orderId };
    const outcome = result.ok ? 'ok' : result.error.code;
    const reason = result.ok ? undefined : reasonOf(result.error);
    if (!result.ok) abouts.set(result.error, about);
    noteOnSpan({ 'hotfoot.order_id': orderId, 'hotfoot.outcome': reason ?? outcome });
    ctx.deps.onCall?.({
      ...{ path, kind, ...about, outcome, milliseconds: performance.now() - began },
      ...(reason === undefined ? {} : { reason }),
    });
    return result;
  });
}
