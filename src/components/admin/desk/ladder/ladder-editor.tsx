'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { SaveBar } from '@/components/admin/desk/save-bar';
import { useDraft } from '@/components/admin/desk/use-draft';
import { useAction } from '@/components/shared/use-action';
import { useRefusal } from '@/components/shared/use-refusal';
import { ErrorState } from '@/components/ui/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import { Switch } from '@/components/ui/switch';
import { toast } from '@/components/ui/toast';
import { MUST_SEE_EVENTS } from '@/domain/must-see';
import { type RouterOutputs, trpc } from '@/trpc/client';
import { ladderDraftOf, ladderFrom, type WrongRungs } from './ladder-draft';
import { RungList } from './rung-list';

const NONE: WrongRungs = new Map();

type LadderEditorProps = {
  /** Null: the ladder of all restaurants that have none of their own. */
  restaurantId: string | null;
  /** What the switch says, and what holds when it is off. */
  words: { own: string; usual: string };
  onSaved?: () => void;
};

/** A ladder with its way to save: one restaurant's, or that of all. */
export function LadderEditor(props: LadderEditorProps) {
  const t = useTranslations('desk.ladder');
  const refusalOf = useRefusal();
  const { restaurantId } = props;
  const { data, error, isFetching, refetch } = trpc.restaurantDesk.ladder.useQuery({
    restaurantId,
  });
  if (data) return <LadderForm {...props} standing={data} />;
  if (!error) return <Skeleton className="mt-4 h-96" />;
  return (
    <ErrorState title={t('failed')} onRetry={() => void refetch()} retrying={isFetching}>
      {refusalOf(error).hint}
    </ErrorState>
  );
}

type Standing = RouterOutputs['restaurantDesk']['ladder'];

function LadderForm({
  restaurantId,
  words,
  onSaved,
  standing,
}: LadderEditorProps & { standing: Standing }) {
  const t = useTranslations('desk.ladder');
  const utils = trpc.useUtils();
  const { own, usual, version, changedBy } = standing;
  const rungs = ladderDraftOf(own ?? usual, usual);
  const draft = useDraft({ isOwn: own !== null, rungs }, version);
  const [wrong, setWrong] = useState(NONE);
  const refresh = () => utils.restaurantDesk.ladder.invalidate({ restaurantId });
  const save = useAction(trpc.restaurantDesk.setLadder.useMutation(), {
    onDone: () => {
      toast.success(t('saved'));
      void refresh().then(draft.discard);
      onSaved?.();
    },
    onRefused: () => void refresh(),
  });
  const { value } = draft;
  const set = (change: Partial<typeof value>) => {
    save.clear();
    setWrong(NONE);
    draft.set({ ...value, ...change });
  };
  return (
    <form
      noValidate
      aria-label={t('title')}
      onSubmit={(event) => {
        event.preventDefault();
        const read = ladderFrom(value.rungs);
        if (!value.isOwn) save.run({ restaurantId, version: draft.version, ladder: null });
        else if ('wrong' in read) setWrong(read.wrong);
        else save.run({ restaurantId, version: draft.version, ladder: read.ladder });
      }}
      className="mt-3"
    >
      <Switch
        checked={value.isOwn}
        onChange={(isOwn) => set({ isOwn, rungs: ladderDraftOf(own ?? usual, usual) })}
        label={words.own}
      />
      {!value.isOwn && <p className="text-quiet text-sm">{words.usual}</p>}
      <div className="mt-3 grid items-start gap-4 sm:grid-cols-2 lg:grid-cols-3">
        {MUST_SEE_EVENTS.map((event) => (
          <RungList
            key={event}
            event={event}
            rungs={(value.isOwn ? value.rungs : ladderDraftOf(usual, usual))[event]}
            wrong={wrong}
            disabled={!value.isOwn}
            onChange={(changed) => set({ rungs: { ...value.rungs, [event]: changed } })}
          />
        ))}
      </div>
      <SaveBar
        changed={draft.changed}
        overtaken={draft.overtaken}
        changedBy={changedBy}
        pending={save.pending}
        refusal={save.refusal}
        wrong={wrong.size > 0 ? t('correct') : undefined}
        effect={t('effect')}
        onDiscard={() => {
          setWrong(NONE);
          save.clear();
          draft.discard();
        }}
      />
    </form>
  );
}
