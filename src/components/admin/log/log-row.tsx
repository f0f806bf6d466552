'use client';

import { ChevronRight, UserSearch } from 'lucide-react';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { actorWords } from '@/components/admin/moment/actor-words';
import { useFormat } from '@/components/shared/use-format';
import { useRefusal } from '@/components/shared/use-refusal';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Skeleton } from '@/components/ui/skeleton';
import { readActor } from '@/domain/actor';
import { trpc } from '@/trpc/client';
import type { LogLine } from './use-log';

type LogRowProps = { line: LogLine; now: Date; me: string; onActor: (actor: string) => void };

/** One line of the log; opened, all that it holds. */
export function LogRow({ line, now, me, onActor }: LogRowProps) {
  const t = useTranslations('log');
  const story = useTranslations('story');
  const format = useFormat();
  const [open, setOpen] = useState(false);
  const { source } = line;
  const { id } = readActor(line.actor);
  const people = line.actorName ? { [id]: { name: line.actorName, role: 'admin' as const } } : {};
  const actor =
    line.actorName && id !== me ? line.actorName : actorWords(line.actor, people, me, story);
  const subject = line.subject ?? t('gone');
  return (
    <li className="border-line border-b last:border-0">
      <div className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3 px-2 py-1.5 text-sm md:grid-cols-[auto_9rem_minmax(0,1.4fr)_minmax(0,1fr)_minmax(0,1.4fr)]">
        <button
          type="button"
          aria-expanded={open}
          aria-label={t('open', { type: line.type, subject })}
          onClick={() => setOpen(!open)}
          className="grid size-9 place-items-center rounded-control text-quiet hover:bg-hover pointer-coarse:size-11"
        >
          <ChevronRight
            aria-hidden="true"
            className={cn('size-4 transition-transform rtl:-scale-x-100', open && 'rotate-90')}
          />
        </button>
        <time
          dateTime={line.at}
          suppressHydrationWarning
          className="numerals text-quiet text-xs max-md:order-3"
        >
          {format.day(line.at, now)} {format.seconds(line.at)}
        </time>
        <span dir="ltr" className="min-w-0 truncate font-medium font-mono text-xs rtl:text-end">
          {line.type}
        </span>
        <span className="min-w-0 truncate max-md:order-4 max-md:col-start-2">
          {line.stream === 'order' ? (
            <Link
              href={`/admin/orders/${line.streamId}?at=${line.version}`}
              className="numerals rounded-control underline decoration-line underline-offset-4 hover:decoration-ink"
            >
              {subject}
            </Link>
          ) : (
            <bdi>{subject}</bdi>
          )}
        </span>
        <span className="flex min-w-0 items-center gap-1.5 max-md:order-5 max-md:col-span-2 max-md:col-start-2">
          <Badge size="sm" tone={source === 'psql' ? 'warn' : 'neutral'}>
            {story(`source.${source}`)}
          </Badge>
          <span className="min-w-0 truncate text-quiet">{actor}</span>
          <Button
            variant="quiet"
            size="icon-sm"
            aria-label={t('onlyActor', { name: actor })}
            onClick={() => onActor(line.actor)}
            className="ms-auto text-quiet"
          >
            <UserSearch aria-hidden="true" />
          </Button>
        </span>
      </div>
      {open && <Data id={line.id} />}
    </li>
  );
}

function Data({ id }: { id: string }) {
  const refusalOf = useRefusal();
  const { data, error } = trpc.log.event.useQuery({ id }, { staleTime: Number.POSITIVE_INFINITY });
  if (error) return <p className="px-13 pb-3 text-bad-ink text-sm">{refusalOf(error).message}</p>;
  if (!data) return <Skeleton className="mx-3 mb-3 h-24" />;
  return (
    <pre
      dir="ltr"
      className="mx-1 mb-2 whitespace-pre-wrap break-words rounded-control bg-sunken p-3 text-start font-mono text-xs"
    >
      {JSON.stringify(data.data, null, 2)}
    </pre>
  );
}
