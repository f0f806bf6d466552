import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from '@/api/router';

/** What each procedure takes and answers: `Inputs['orders']['place']`. */
export type Inputs = inferRouterInputs<AppRouter>;
export type Outputs = inferRouterOutputs<AppRouter>;

// How each event changes the view that came before it.
export { applyToBoardView, type BoardView, tidyBoard } from '@/domain/board-view';
export { applyToDriverView, type DriverView } from '@/domain/driver-view';
export type { LiveBatch, LiveMessage, LogEvent } from '@/domain/events';
export { nextJob } from '@/domain/run';
export { applyToCustomerView, applyToOrderView, type OrderView } from '@/domain/views';
export { newKey } from '@/trpc/idempotency';
export { type RefusalWords, refusalOf } from '@/trpc/refusal';
export { type ClientOptions, createGuestClient, type HotfootClient } from './create-client';
export { drawBoard } from './terminal-board';
