import type { PolicyKind } from '@/domain/dispatch/policy-kinds';
import type { ZonePolicy } from '@/domain/dispatch/zone-policy';
import type { Figures } from './figures';

/** The stretch that a preview replays ends now and is so long, hours: fewer where a day is too much. */
export const PREVIEW_HOURS = [24, 6, 2] as const;
export type PreviewHours = (typeof PREVIEW_HOURS)[number];

/** A zone's last hours again, under its present policy and under another one. */
export type PreviewJob = { zoneId: string; from: string; to: string; policy: ZonePolicy };

export type Preview = {
  from: string;
  to: string;
  orders: number;
  drivers: number;
  leftOut: { orders: number; drivers: number };
  /** What really happened: how close the model comes to it says how much to trust the rest. */
  recorded: Figures;
  present: { kind: PolicyKind; figures: Figures };
  changed: { kind: PolicyKind; figures: Figures };
};

export type PreviewEnd =
  | { kind: 'done'; preview: Preview }
  /** No order of the stretch has looked for a driver and come to its end. */
  | { kind: 'nothing' }
  /** More than a preview may take up. */
  | { kind: 'too_much'; of: 'orders' | 'time' | 'memory' };

export type PreviewStep =
  /** Somebody else's preview is running. */
  | { kind: 'waiting' }
  /** `share` of the work is done, from 0 to 1. */
  | { kind: 'running'; share: number }
  | PreviewEnd;
