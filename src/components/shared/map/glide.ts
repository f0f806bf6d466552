import { type GeoPoint, haversineMeters } from '@/domain/geo';
import { glideMs, JUMP_M } from './glide-time';

type Leg = {
  from: GeoPoint;
  to: GeoPoint;
  turn: [from: number, to: number];
  startMs: number;
  lastsMs: number;
};

/** Moves from fix to fix in about the time that passed between the last two. */
export class Glide {
  private leg: Leg;
  private fixedMs: number;

  constructor(at: GeoPoint, heading: number, nowMs: number) {
    this.leg = { from: at, to: at, turn: [heading, heading], startMs: nowMs, lastsMs: 0 };
    this.fixedMs = nowMs;
  }

  /** Takes a new fix; without `smooth` it is there at once. */
  aim(at: GeoPoint, heading: number, nowMs: number, smooth: boolean): void {
    const { to, turn } = this.leg;
    const moved = to.lat !== at.lat || to.lng !== at.lng;
    if (!moved && turn[1] === heading) return;
    const here = this.at(nowMs);
    const gap = glideMs(nowMs - this.fixedMs);
    const jump = !smooth || haversineMeters(here.point, at) > JUMP_M;
    if (moved) this.fixedMs = nowMs;
    this.leg = {
      from: jump ? at : here.point,
      to: at,
      turn: [jump ? heading : here.heading, heading],
      startMs: nowMs,
      lastsMs: jump ? 0 : gap,
    };
  }

  at(nowMs: number): { point: GeoPoint; heading: number; moving: boolean } {
    const { from, to, turn, startMs, lastsMs } = this.leg;
    const share = lastsMs === 0 ? 1 : Math.min(1, Math.max(0, (nowMs - startMs) / lastsMs));
    // Turning is over in the first third, the short way round.
    const turned = Math.min(1, share * 3);
    const swing = ((turn[1] - turn[0] + 540) % 360) - 180;
    return {
      point: {
        lat: from.lat + (to.lat - from.lat) * share,
        lng: from.lng + (to.lng - from.lng) * share,
      },
      heading: turn[0] + swing * turned,
      moving: share < 1,
    };
  }
}
