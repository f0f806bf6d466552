'use client';

import { CircleDot } from 'lucide-react';
import { useBoard } from '@/components/admin/admin-shell';
import { useAdminNames } from '@/components/admin/hands-on/use-admin-names';
import { useAdminWords } from '@/components/admin/use-admin-words';
import { Timeline, type TimelineStep } from '@/components/shared/timeline';
import type { OrderView } from '@/domain/views';
import { trpc } from '@/trpc/client';
import { actorWords, eventWords, isBad, isNoise, whyWords } from './event-words';

/** The log of this order: what, who, when. */
export function Events({ view }: { view: OrderView }) {
  const { viewer } = useBoard();
  const words = useAdminWords();
  const admins = useAdminNames();
  const { t, format } = words;
  const staff = trpc.kitchen.staff.useQuery({ restaurantId: view.order.restaurantId });
  const told = view.timeline.filter(({ type }) => !isNoise(type));
  const steps = told.map((entry, index): TimelineStep => {
    const state = isBad(entry.type) ? 'failed' : index === told.length - 1 ? 'now' : 'done';
    const why = whyWords(entry.type, view, words);
    const actor = actorWords(entry, view, viewer.userId, words, admins, staff.data);
    return {
      key: String(entry.version),
      title: eventWords(entry.type, words),
      detail: why ? t('actor.why', { actor, reason: why }) : actor,
      time: format.seconds(entry.at, view.order.timeZone),
      icon: CircleDot,
      state: state === 'now' && view.order.closedAt ? 'done' : state,
    };
  });
  return <Timeline label={t('story.events')} steps={steps} />;
}
