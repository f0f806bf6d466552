'use client';

import { CircleDot } from 'lucide-react';
import { useBoard } from '@/components/admin/admin-shell';
import { secondsWords } from '@/components/shared/time-words';
import { Timeline, type TimelineStep } from '@/components/shared/timeline';
import type { OrderView } from '@/domain/views';
import { actorWords, eventWords, isBad, isNoise, whyWords } from './event-words';

/** The log of this order: what, who, when. */
export function Events({ view }: { view: OrderView }) {
  const { viewer } = useBoard();
  const told = view.timeline.filter(({ type }) => !isNoise(type));
  const steps = told.map((entry, index): TimelineStep => {
    const state = isBad(entry.type) ? 'failed' : index === told.length - 1 ? 'now' : 'done';
    const why = whyWords(entry.type, view);
    const actor = actorWords(entry, view, viewer.userId);
    return {
      key: String(entry.version),
      title: eventWords(entry.type),
      detail: why ? `${actor}: ${why}` : actor,
      time: secondsWords(entry.at, view.order.timeZone),
      icon: CircleDot,
      state: state === 'now' && view.order.closedAt ? 'done' : state,
    };
  });
  return <Timeline label="What happened" steps={steps} />;
}
