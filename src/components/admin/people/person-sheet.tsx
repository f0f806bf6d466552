'use client';

import { Ban, Download, LockOpen, Trash2, UserCog } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { LoadingLabel } from '@/components/shared/loading-label';
import { saveFile } from '@/components/shared/save-file';
import { useAction } from '@/components/shared/use-action';
import { useFormat } from '@/components/shared/use-format';
import { useRefusal } from '@/components/shared/use-refusal';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ErrorState } from '@/components/ui/error-state';
import { Sheet } from '@/components/ui/sheet';
import { Skeleton } from '@/components/ui/skeleton';
import { toast } from '@/components/ui/toast';
import { type RouterOutputs, trpc } from '@/trpc/client';
import { BlockDialog } from './block-dialog';
import { DriverZone } from './driver-zone';
import { EraseDialog } from './erase-dialog';
import { RoleDialog } from './role-dialog';
import { Sessions } from './sessions';

export type OpenPerson = RouterOutputs['people']['get'];

type PersonSheetProps = { userId: string | null; ownId: string; onClose: () => void };

const SEEN_EVERY_MS = 15_000;

/** One person: who they are, where they are signed in, and what an admin can do. */
export function PersonSheet({ userId, ownId, onClose }: PersonSheetProps) {
  const t = useTranslations('people');
  const refusalOf = useRefusal();
  const { data, error, refetch, isFetching } = trpc.people.get.useQuery(
    { userId: userId ?? '' },
    { enabled: userId !== null, refetchInterval: SEEN_EVERY_MS },
  );
  const person = data?.id === userId ? data : null;
  return (
    <Sheet
      side="end"
      open={userId !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={person?.name ?? t('title')}
    >
      {!person && !error && (
        <div className="flex flex-col gap-3" aria-busy="true">
          <LoadingLabel />
          <Skeleton className="h-20" />
          <Skeleton className="h-40" />
        </div>
      )}
      {!person && error && (
        <ErrorState title={t('person.failed')} onRetry={() => void refetch()} retrying={isFetching}>
          {refusalOf(error).message} {refusalOf(error).hint}
        </ErrorState>
      )}
      {person && <Details person={person} own={person.id === ownId} />}
    </Sheet>
  );
}

function Details({ person, own }: { person: OpenPerson; own: boolean }) {
  const t = useTranslations('people');
  const roles = useTranslations('shared.role');
  const format = useFormat();
  return (
    <>
      <bdi className="block break-all text-quiet">{person.email}</bdi>
      <div className="mt-2 flex flex-wrap items-center gap-2">
        <Badge>{roles(person.role)}</Badge>
        <span className="text-quiet text-sm">
          {t('person.since', { day: format.fullDate(person.createdAt) })}
        </span>
      </div>
      {person.blockedAt && (
        <div className="mt-4 rounded-control bg-bad-soft px-3 py-2.5 text-bad-ink text-sm">
          <p className="flex items-center gap-2 font-medium">
            <Ban aria-hidden="true" className="size-4 shrink-0" />
            {t('person.blockedSince', { day: format.fullDate(person.blockedAt) })}
          </p>
          {person.blockReason && (
            <p className="mt-1">{t('person.reason', { reason: person.blockReason })}</p>
          )}
        </div>
      )}
      {own || person.erasedAt ? (
        <p className="mt-4 text-quiet text-sm">
          {person.erasedAt
            ? t('person.erasedSince', { day: format.fullDate(person.erasedAt) })
            : t('person.you')}
        </p>
      ) : (
        <PersonActions person={person} />
      )}
      {person.work && <DriverZone userId={person.id} work={person.work} />}
      <Sessions person={person} />
    </>
  );
}

function PersonActions({ person }: { person: OpenPerson }) {
  const t = useTranslations('people');
  const queries = trpc.useUtils();
  const [asking, setAsking] = useState<'block' | 'role' | 'erase' | null>(null);
  const refresh = () => void queries.people.invalidate();
  const unblock = useAction(trpc.people.unblock.useMutation(), {
    onDone: () => {
      toast.success(t('blocking.undone', { name: person.name }));
      refresh();
    },
  });
  const takeOut = useAction(trpc.people.export.useMutation(), {
    onDone: ({ document }) =>
      saveFile(`hotfoot-person-${person.id}.json`, document, 'application/json'),
  });
  return (
    <div className="mt-4 flex flex-wrap gap-2">
      <Button onClick={() => setAsking('role')}>
        <UserCog aria-hidden="true" />
        {t('person.changeRole')}
      </Button>
      {person.blockedAt ? (
        <Button
          loading={unblock.pending}
          onClick={() => unblock.run({ userId: person.id, expectedVersion: person.version })}
        >
          <LockOpen aria-hidden="true" />
          {t('person.unblock')}
        </Button>
      ) : (
        <Button variant="danger-quiet" onClick={() => setAsking('block')}>
          <Ban aria-hidden="true" />
          {t('person.block')}
        </Button>
      )}
      {person.role === 'customer' && (
        <>
          <Button loading={takeOut.pending} onClick={() => takeOut.run({ userId: person.id })}>
            <Download aria-hidden="true" />
            {t('person.export')}
          </Button>
          <Button variant="danger-quiet" onClick={() => setAsking('erase')}>
            <Trash2 aria-hidden="true" />
            {t('person.erase')}
          </Button>
          <EraseDialog
            person={person}
            open={asking === 'erase'}
            onClose={() => setAsking(null)}
            onDone={refresh}
          />
        </>
      )}
      <BlockDialog
        person={person}
        open={asking === 'block'}
        onClose={() => setAsking(null)}
        onDone={refresh}
      />
      <RoleDialog
        person={person}
        open={asking === 'role'}
        onClose={() => setAsking(null)}
        onDone={refresh}
      />
    </div>
  );
}
