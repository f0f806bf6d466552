'use client';

import { Ban } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useNow } from '@/components/shared/clock';
import { useFormat } from '@/components/shared/use-format';
import { Badge } from '@/components/ui/badge';
import type { RouterOutputs } from '@/trpc/client';

export type Person = RouterOutputs['people']['list']['people'][number];

/** One person in the list; the whole row opens them. */
export function PersonRow({ person, onOpen }: { person: Person; onOpen: () => void }) {
  const t = useTranslations('people');
  const roles = useTranslations('shared.role');
  const format = useFormat();
  const now = useNow(60);
  return (
    <li>
      <button
        type="button"
        onClick={onOpen}
        className="flex w-full flex-wrap items-center gap-x-5 gap-y-1 px-4 py-3 text-start transition-colors hover:bg-hover focus-visible:-outline-offset-2 sm:grid sm:grid-cols-[minmax(0,1fr)_10rem_11rem]"
      >
        <span className="min-w-0 flex-1">
          <span dir="auto" className="block truncate font-medium">
            {person.name}
          </span>
          <bdi className="block truncate text-quiet text-sm">{person.email}</bdi>
        </span>
        <span className="flex flex-wrap gap-1.5">
          <Badge>{roles(person.role)}</Badge>
          {person.erasedAt && <Badge>{t('erased')}</Badge>}
          {person.blockedAt && !person.erasedAt && (
            <Badge tone="bad">
              <Ban aria-hidden="true" />
              {t('blocked')}
            </Badge>
          )}
        </span>
        <span
          className="numerals text-quiet text-sm max-sm:w-full sm:text-end"
          suppressHydrationWarning
        >
          {person.seenAt ? t('seen', { ago: format.ago(person.seenAt, now) }) : t('neverSeen')}
        </span>
      </button>
    </li>
  );
}
