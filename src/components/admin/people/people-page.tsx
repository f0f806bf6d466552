'use client';

import { keepPreviousData } from '@tanstack/react-query';
import { UserPlus, UserX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { LoadingLabel } from '@/components/shared/loading-label';
import { useRefusal } from '@/components/shared/use-refusal';
import { useSettled } from '@/components/shared/use-settled';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Input } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import { Skeleton } from '@/components/ui/skeleton';
import { ROLES } from '@/domain/roles';
import { trpc } from '@/trpc/client';
import { Invitations } from './invitations';
import { InviteDialog } from './invite-dialog';
import { PersonRow } from './person-row';
import { PersonSheet } from './person-sheet';
import { useSelectedPerson } from './use-selected-person';

const TYPING_MS = 200;
/** Who joins, is blocked or gets another role elsewhere is seen by then, or when one comes back to the page. */
const AGAIN_EVERY_MS = 10_000;
const STATES = { every: null, active: false, blocked: true } as const;
type State = keyof typeof STATES;

/** Everybody with an account, the latest first, and who is invited. */
export function PeoplePage({ ownId }: { ownId: string }) {
  const t = useTranslations('people');
  const roles = useTranslations('shared.role');
  const refusalOf = useRefusal();
  const { selected, open, close } = useSelectedPerson();
  const [inviting, setInviting] = useState(false);
  const [text, setText] = useState('');
  const [role, setRole] = useState<(typeof ROLES)[number] | 'every'>('every');
  const [state, setState] = useState<State>('every');
  const list = trpc.people.list.useInfiniteQuery(
    {
      text: useSettled(text, TYPING_MS),
      role: role === 'every' ? null : role,
      blocked: STATES[state],
    },
    {
      getNextPageParam: ({ nextCursor }) => nextCursor,
      placeholderData: keepPreviousData,
      refetchInterval: AGAIN_EVERY_MS,
      refetchOnWindowFocus: 'always',
    },
  );
  const people = list.data?.pages.flatMap((page) => page.people);
  return (
    <div className="mx-auto max-w-5xl px-4 pt-6 pb-20 sm:px-6">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
        <div className="min-w-0">
          <h1 className="text-xl">{t('title')}</h1>
          <p className="mt-1 max-w-2xl text-pretty text-quiet text-sm">{t('detail')}</p>
        </div>
        <Button variant="primary" onClick={() => setInviting(true)}>
          <UserPlus aria-hidden="true" />
          {t('invite')}
        </Button>
      </div>
      <Invitations />
      <search className="mt-6 grid grid-cols-2 gap-2 sm:grid-cols-[minmax(0,1fr)_10rem_10rem]">
        <Input
          type="search"
          aria-label={t('search')}
          placeholder={t('searchPlaceholder')}
          value={text}
          onChange={(event) => setText(event.target.value)}
          className="text-sm max-sm:col-span-2"
        />
        <Select
          label={t('role')}
          value={role}
          onChange={setRole}
          items={[
            { value: 'every', label: t('everyRole') },
            ...ROLES.map((value) => ({ value, label: roles(value) })),
          ]}
        />
        <Select
          label={t('state')}
          value={state}
          onChange={setState}
          items={[
            { value: 'every', label: t('everyState') },
            { value: 'active', label: t('active') },
            { value: 'blocked', label: t('blocked') },
          ]}
        />
      </search>
      {list.isPending && (
        <div className="mt-4 flex flex-col gap-px" aria-busy="true">
          <LoadingLabel />
          {['a', 'b', 'c', 'd'].map((key) => (
            <Skeleton key={key} className="h-16" />
          ))}
        </div>
      )}
      {!people && list.error && (
        <ErrorState
          title={t('failed')}
          onRetry={() => void list.refetch()}
          retrying={list.isFetching}
        >
          {refusalOf(list.error).message} {refusalOf(list.error).hint}
        </ErrorState>
      )}
      {people?.length === 0 && (
        <EmptyState icon={UserX} title={t('none')}>
          {t('noneDetail')}
        </EmptyState>
      )}
      {people && people.length > 0 && (
        <ul className="mt-4 divide-y divide-line overflow-hidden rounded-card border border-line bg-raised">
          {people.map((person) => (
            <PersonRow key={person.id} person={person} onOpen={() => open(person.id)} />
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <div className="mt-6 flex justify-center">
          <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('more')}
          </Button>
        </div>
      )}
      <InviteDialog open={inviting} onOpenChange={setInviting} />
      <PersonSheet userId={selected} ownId={ownId} onClose={close} />
    </div>
  );
}
