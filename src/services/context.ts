import type { Database } from '@/db/client';
import type { PositionRow } from '@/db/queries/drivers';
import { forbidden, unauthenticated } from '@/domain/errors';
import type { GeoPoint } from '@/domain/geo';
import type { Geocoder } from '@/domain/geocoding';
import type { FixUse } from '@/domain/position';
import type { Role, Viewer } from '@/domain/roles';
import type { PaymentProvider } from './payment-provider';

/**
 * Where accepted positions go, see `realtime/positions`: `live` ones (the default) are fanned out and
 * become the driver's latest, all are sampled into the history; written in batches.
 */
export type PositionSink = { record(position: PositionRow, use?: FixUse): void };

/** A geocoder elsewhere, with the one that answers when it does not. */
export type OutsideGeocoder = (fallback: Geocoder) => Geocoder;

/** What every use case gets: who acts, on which database, at what time. */
export type ServiceContext = {
  db: Database;
  viewer: Viewer | null;
  /** As it stands in the log: `user:<id>` or `system:<part>`. */
  actor: string;
  /** They act through a program; left out: through our pages, or nobody does. */
  via?: 'api' | undefined;
  now: () => Date;
  /** In [0, 1). */
  random: () => number;
  /** Called after every commit: wakes the tail and the loops of this process. */
  committed: () => void;
  positions: PositionSink;
  /** The nearest who may be offered work, as this process remembers them; null while it does not know. */
  nearDrivers?: ((at: GeoPoint, limit: number, radiusM: number) => string[] | null) | undefined;
  /** Who moves money for us; new card payments go to the first. Without any, only cash is taken. */
  payments: readonly PaymentProvider[];
  /** Where one is set up; else our own table answers. */
  outsideGeocoder?: OutsideGeocoder | undefined;
  /** An order is changed only if nobody has done anything to it since this version: checked under its lock. */
  onlyAtVersion?: number | undefined;
  /**
   * What the caller has asked for, where the command is made of it and of the present state: the idempotency
   * key stands for this then, since the command of a repetition would be another.
   */
  asked?: { name: string; request: unknown } | undefined;
};

const hasRole = <Allowed extends Role>(
  viewer: Viewer,
  roles: readonly Allowed[],
): viewer is Viewer & { role: Allowed } => roles.some((role) => role === viewer.role);

/** The viewer, who has to have one of these roles. */
export function requireRole<Allowed extends Role>(
  ctx: ServiceContext,
  ...roles: Allowed[]
): Viewer & { role: Allowed } {
  if (!ctx.viewer) throw unauthenticated();
  if (!hasRole(ctx.viewer, roles)) throw forbidden();
  return ctx.viewer;
}
