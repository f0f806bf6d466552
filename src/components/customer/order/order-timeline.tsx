'use client';

import { Timeline } from '@/components/shared/timeline';
import type { OrderView } from '@/domain/views';
import { timelineSteps } from './timeline-steps';
import { useOrderWords } from './use-order-words';

/** What has happened and what comes next. */
export function OrderTimeline({ view }: { view: OrderView }) {
  const words = useOrderWords();
  return (
    <div className="mt-7">
      <Timeline label={words.t('timeline.label')} steps={timelineSteps(view, words)} />
    </div>
  );
}
