import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { useBoard } from '@/components/admin/admin-shell';
import { eventWords } from '@/components/admin/story/event-words';
import { useAdminWords } from '@/components/admin/use-admin-words';
import type { Change } from '@/domain/hands-on';

/** Who did what, and how long ago, in a sentence each. */
export function useChangeWords(): (change: Change, now?: Date) => string {
  const t = useTranslations('handsOn.meanwhile');
  const { viewer } = useBoard();
  const words = useAdminWords();
  return useCallback(
    ({ type, at, actor, name, driver }, now = new Date()) => {
      const part = words.t('actor.system');
      const who = actor === `user:${viewer.userId}` ? words.t('actor.you') : (name ?? part);
      const did = eventWords(type, words);
      const what = driver === null ? did : t('withDriver', { what: did, driver });
      return t('line', { who, what, ago: words.format.ago(at, now) });
    },
    [t, viewer.userId, words],
  );
}
