import { useTranslations } from 'next-intl';
import { useCallback } from 'react';
import { ANNOUNCEMENTS, type MessageImage, QUICK_REPLIES } from '@/domain/message';

const KNOWN = [
  ...QUICK_REPLIES.customer,
  ...QUICK_REPLIES.driver,
  ...QUICK_REPLIES.admin,
  ...ANNOUNCEMENTS,
] as const;

/** What a message says: a quick reply in the reader's language, typed text as it stands. */
export function useMessageWords(): (message: Pick<MessageImage, 'quick' | 'body'>) => string {
  const t = useTranslations('conversation.quick');
  return useCallback(
    ({ quick, body }) => {
      const known = KNOWN.find((key) => key === quick);
      return known ? t(known) : body || (quick ?? '').replaceAll('_', ' ');
    },
    [t],
  );
}
