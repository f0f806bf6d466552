import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { type AdminWords, useAdminWords } from '@/components/admin/use-admin-words';
import { useMessageWords } from '@/components/shared/conversation/message-words';
import type { MessageImage } from '@/domain/message';

/** What the sentences of an order's story are made of. */
export type StoryWords = AdminWords & {
  story: ReturnType<typeof useTranslations<'story'>>;
  message: (message: Pick<MessageImage, 'quick' | 'body'>) => string;
};

export function useStoryWords(): StoryWords {
  const words = useAdminWords();
  const story = useTranslations('story');
  const message = useMessageWords();
  return useMemo(() => ({ ...words, story, message }), [words, story, message]);
}
