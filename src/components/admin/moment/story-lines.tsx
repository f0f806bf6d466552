'use client';

import { useState } from 'react';
import type { Attempt } from '@/components/admin/story/attempt-words';
import { Badge } from '@/components/ui/badge';
import { cn } from '@/components/ui/cn';
import { readActor } from '@/domain/actor';
import { doorOf } from '@/domain/log-filter';
import { STORY_KINDS, type StoryEntry, type StoryKind } from '@/domain/order-story';
import type { Role } from '@/domain/roles';
import { actorWords } from './actor-words';
import { KIND_ICONS, lineWords } from './line-words';
import { useStoryWords } from './use-story-words';

type Entry = StoryEntry<Attempt>;

type StoryLinesProps = {
  entries: readonly Entry[];
  people: Readonly<Record<string, { name: string; role: Role }>>;
  me: string;
  timeZone: string;
  /** The moment that is looked at: after which event, and when. */
  moment: { version: number; at: string } | null;
  /** The number of an event, or a time. */
  onGo: (at: string) => void;
};

const isPast = (entry: Entry, moment: StoryLinesProps['moment']): boolean =>
  moment === null ||
  (entry.what === 'event'
    ? entry.event.version <= moment.version
    : Date.parse(entry.at) <= Date.parse(moment.at));

/** Everything on one line; each leads to its moment, each kind can be left out. */
export function StoryLines({ entries, people, me, timeZone, moment, onGo }: StoryLinesProps) {
  const { story } = useStoryWords();
  const [hidden, setHidden] = useState<ReadonlySet<StoryKind>>(new Set());
  const counts = new Map<StoryKind, number>();
  for (const { kind } of entries) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const shown = entries.filter(({ kind }) => !hidden.has(kind));
  const current = shown.findLast((entry) => isPast(entry, moment))?.key;
  const toggle = (kind: StoryKind) =>
    setHidden((before) => {
      const after = new Set(before);
      if (!after.delete(kind)) after.add(kind);
      return after;
    });
  return (
    <section aria-label={story('timeline')} className="flex min-h-0 flex-col">
      <fieldset className="flex flex-wrap gap-1.5 pb-3">
        <legend className="sr-only">{story('filter')}</legend>
        {STORY_KINDS.filter((kind) => counts.has(kind)).map((kind) => (
          <KindToggle
            key={kind}
            kind={kind}
            count={counts.get(kind) ?? 0}
            shown={!hidden.has(kind)}
            onToggle={() => toggle(kind)}
          />
        ))}
      </fieldset>
      {shown.length === 0 && <p className="py-6 text-quiet text-sm">{story('allHidden')}</p>}
      <ol className="flex flex-col">
        {shown.map((entry) => (
          <li key={entry.key}>
            <Line
              entry={entry}
              people={people}
              me={me}
              timeZone={timeZone}
              past={isPast(entry, moment)}
              current={entry.key === current && moment !== null}
              onGo={() => onGo(entry.what === 'event' ? String(entry.event.version) : entry.at)}
            />
          </li>
        ))}
      </ol>
    </section>
  );
}

type KindToggleProps = { kind: StoryKind; count: number; shown: boolean; onToggle: () => void };

function KindToggle({ kind, count, shown, onToggle }: KindToggleProps) {
  const { story } = useStoryWords();
  const Icon = KIND_ICONS[kind];
  return (
    <label
      className={cn(
        'relative flex h-9 cursor-pointer select-none items-center gap-1.5 rounded-full border px-3 font-medium text-xs transition-colors has-focus-visible:outline-2 has-focus-visible:outline-accent pointer-coarse:h-11',
        shown ? 'border-edge bg-raised text-ink' : 'border-line text-faint line-through',
      )}
    >
      <input
        type="checkbox"
        checked={shown}
        onChange={onToggle}
        className="absolute inset-0 cursor-pointer appearance-none rounded-full outline-none"
      />
      <Icon aria-hidden="true" className="size-3.5" />
      {story(`kind.${kind}`)}
      <span className="numerals text-quiet">{count}</span>
    </label>
  );
}

type LineProps = Pick<StoryLinesProps, 'people' | 'me' | 'timeZone'> & {
  entry: Entry;
  past: boolean;
  current: boolean;
  onGo: () => void;
};

const TITLE_TONE = { plain: '', bad: 'text-bad-ink', quiet: 'text-quiet' } as const;

function Line({ entry, people, me, timeZone, past, current, onGo }: LineProps) {
  const words = useStoryWords();
  const { story, format } = words;
  const { title, detail, tone, actor } = lineWords(entry, timeZone, words);
  const Icon = KIND_ICONS[entry.kind];
  return (
    <button
      type="button"
      aria-current={current ? 'step' : undefined}
      onClick={onGo}
      className={cn(
        'flex w-full gap-3 rounded-control border border-transparent px-2 py-2 text-start text-sm transition-colors hover:bg-hover focus-visible:-outline-offset-2',
        current &&
          'border-accent bg-accent-soft hover:bg-accent-soft [&_.text-quiet]:text-accent-ink',
      )}
    >
      <time dateTime={entry.at} className="numerals w-16 shrink-0 text-quiet text-xs leading-5">
        {format.seconds(entry.at, timeZone)}
      </time>
      <Icon aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-quiet" />
      <span className="min-w-0 flex-1">
        <span className={cn(past ? 'font-medium' : 'text-quiet', TITLE_TONE[tone])}>{title}</span>
        {detail && <span className="block text-pretty text-quiet text-xs">{detail}</span>}
        {actor && (
          <span className="mt-0.5 flex flex-wrap items-center gap-1.5 text-quiet text-xs">
            <span>{actorWords(actor, people, me, story)}</span>
            <SourceBadge actor={actor} byApi={entry.what === 'event' && entry.event.byApi} />
          </span>
        )}
      </span>
    </button>
  );
}

/** From where it came; by hand stands out. */
function SourceBadge({ actor, byApi }: { actor: string; byApi: boolean }) {
  const { story } = useStoryWords();
  const source = doorOf(readActor(actor).source, byApi);
  return (
    <Badge size="sm" tone={source === 'psql' ? 'warn' : 'neutral'}>
      {story(`source.${source}`)}
    </Badge>
  );
}
