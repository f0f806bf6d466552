'use client';

import { MonitorSmartphone } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useNow } from '@/components/shared/clock';
import { useAction } from '@/components/shared/use-action';
import { useFormat } from '@/components/shared/use-format';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast';
import { trpc } from '@/trpc/client';
import type { OpenPerson } from './person-sheet';

/** Where somebody is signed in; each can be ended, or all. */
export function Sessions({ person }: { person: OpenPerson }) {
  const t = useTranslations('people.sessions');
  const format = useFormat();
  const now = useNow(10);
  const queries = trpc.useUtils();
  const end = useAction(trpc.people.endSessions.useMutation(), {
    onDone: ({ ended }) => {
      toast.success(t('ended', { count: ended }));
      void queries.people.invalidate();
    },
  });
  const { id: userId, sessions } = person;
  const others = sessions.filter(({ own }) => !own);
  const deviceWords = ({ browser, system }: (typeof sessions)[number]): string => {
    if (browser && system) return t('onSystem', { browser, system });
    return browser ?? system ?? t('unknown');
  };
  return (
    <section aria-labelledby="sessions-title" className="mt-8">
      <div className="flex min-h-11 items-center justify-between gap-3">
        <h3 id="sessions-title" className="font-medium">
          {t('title')}
        </h3>
        {others.length > 1 && (
          <Button
            size="sm"
            variant="danger-quiet"
            loading={end.pending}
            onClick={() => end.run({ userId, sessionId: null })}
          >
            {t('endAll')}
          </Button>
        )}
      </div>
      {sessions.length === 0 && <p className="text-quiet text-sm">{t('none')}</p>}
      <ul className="mt-1 divide-y divide-line">
        {sessions.map((session) => {
          const device = deviceWords(session);
          const ago = format.ago(session.seenAt, now);
          return (
            <li key={session.id} className="flex items-center gap-3 py-2.5">
              <MonitorSmartphone aria-hidden="true" className="size-5 shrink-0 text-quiet" />
              <div className="min-w-0 flex-1">
                <p className="flex flex-wrap items-center gap-2 text-sm">
                  {device}
                  {session.own && <Badge tone="info">{t('own')}</Badge>}
                </p>
                <p className="numerals text-faint text-xs" suppressHydrationWarning>
                  {session.address ? t('from', { ago, address: session.address }) : ago}
                </p>
              </div>
              {!session.own && (
                <Button
                  size="sm"
                  aria-label={t('endThis', { device })}
                  disabled={end.pending}
                  onClick={() => end.run({ userId, sessionId: session.id })}
                >
                  {t('end')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
