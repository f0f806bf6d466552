import {
  type Ladder,
  LadderSchema,
  type MustSeeEvent,
  RUNG_KINDS,
  type RungKind,
} from '@/domain/must-see';

/** The end of an order is for one that nobody has answered. */
export const rungsOf = (event: MustSeeEvent): readonly RungKind[] =>
  event === 'placed' ? RUNG_KINDS : RUNG_KINDS.filter((kind) => kind !== 'cancel');

export type RungDraft = { on: boolean; after: string };
export type LadderDraft = Record<MustSeeEvent, Record<RungKind, RungDraft>>;

/** Where a time is wrong, and how: it is none, or the end does not come last. */
export type WrongRungs = ReadonlyMap<`${MustSeeEvent}.${RungKind}`, 'wrong' | 'last'>;

const typed = (seconds: number): string =>
  `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;

/** Seconds; "2" are minutes, and "1:30" a minute and a half. */
export function secondsOf(text: string): number | null {
  const found = /^(\d{1,4})(?::([0-5]\d))?$/.exec(text.trim());
  return found ? Number(found[1]) * 60 + Number(found[2] ?? 0) : null;
}

const byEvent = <T>(of: (event: MustSeeEvent) => T): Record<MustSeeEvent, T> => ({
  placed: of('placed'),
  cancelled: of('cancelled'),
  delayed: of('delayed'),
});

const byKind = <T>(of: (kind: RungKind) => T): Record<RungKind, T> => ({
  ...{ sound: of('sound'), louder: of('louder'), push: of('push'), email: of('email') },
  ...{ sms: of('sms'), dispatcher: of('dispatcher'), cancel: of('cancel') },
});

/** What stands in the fields; a rung that is off shows the time that it usually has. */
export const ladderDraftOf = (ladder: Ladder, usual: Ladder): LadderDraft =>
  byEvent((event) =>
    byKind((kind) => {
      const rung = ladder[event].find((each) => each.kind === kind);
      const known = rung ?? [...usual[event], ...usual.placed].find((each) => each.kind === kind);
      return { on: rung !== undefined, after: typed(known?.afterSeconds ?? 0) };
    }),
  );

/** The rungs in the order of their times, or where these make no sense. */
export function ladderFrom(draft: LadderDraft): { ladder: Ladder } | { wrong: WrongRungs } {
  const wrong = new Map<`${MustSeeEvent}.${RungKind}`, 'wrong' | 'last'>();
  const ladder = byEvent((event) => {
    const on = rungsOf(event).filter((kind) => draft[event][kind].on);
    const rungs = on.map((kind) => {
      const afterSeconds = secondsOf(draft[event][kind].after);
      if (afterSeconds === null || afterSeconds > 86_400) wrong.set(`${event}.${kind}`, 'wrong');
      return { kind, afterSeconds: afterSeconds ?? 0 };
    });
    const end = rungs.find(({ kind }) => kind === 'cancel');
    if (end && rungs.some(({ afterSeconds }) => afterSeconds > end.afterSeconds)) {
      if (!wrong.has(`${event}.cancel`)) wrong.set(`${event}.cancel`, 'last');
    }
    return rungs.sort((a, b) => a.afterSeconds - b.afterSeconds);
  });
  return wrong.size > 0 ? { wrong } : { ladder: LadderSchema.parse(ladder) };
}
