'use client';

import { usePathname, useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { useEffect, useRef } from 'react';
import { useFormat } from '@/components/shared/use-format';
import { toast } from '@/components/ui/toast';
import { isWanted, type NoticeContent, noticeOf } from '@/domain/notices';
import { applyToCustomerView, type CustomerView } from '@/domain/views';
import { withTexts } from '@/i18n/later-texts';
import { trpc } from '@/trpc/client';

/** Says in the page what happens to a customer's orders, wherever in the app they are. */
export const OrderNotices = withTexts(['notices'], SaidInPage);

function SaidInPage() {
  const t = useTranslations('notices');
  const format = useFormat();
  const router = useRouter();
  const pathname = usePathname();
  const view = useRef<CustomerView>({ cards: [] });
  const settings = trpc.notices.settings.useQuery(undefined, { staleTime: 60_000 });
  const latest = useRef<(notice: NoticeContent) => void>(() => undefined);
  const said = useRef(new Map<string, string[]>());

  // The toaster: what an order's own page shows is not said above it.
  useEffect(() => {
    const ids = said.current.get(pathname);
    if (ids) toast.dismiss(ids);
    said.current.delete(pathname);
  }, [pathname]);

  useEffect(() => {
    latest.current = (notice) => {
      const path = `/orders/${notice.orderId}`;
      // The order's own page shows it.
      if (pathname === path || !isWanted(settings.data ?? [], notice.kind, 'page')) return;
      const clock = (at: string) => format.clock(at, notice.timeZone);
      const values = {
        ...{ restaurant: notice.restaurant, driver: notice.driver, number: notice.orderNumber },
        window: `${clock(notice.etaFrom)}–${clock(notice.etaTo)}`,
        said: notice.quick ? t(`quick.${notice.quick}` as 'quick.sorry') : notice.body,
      };
      const key = notice.text as 'accepted';
      const show =
        notice.kind === 'stopped' || notice.kind === 'delayed' ? toast.warning : toast.info;
      const id = `${notice.orderId} ${notice.text}`;
      said.current.set(path, [...(said.current.get(path) ?? []), id]);
      show(t(`${key}.title`, values), {
        id,
        description: t(`${key}.body`, values),
        action: { label: t('page.see'), onClick: () => router.push(path) },
      });
    };
  });

  trpc.orders.watchMine.useSubscription(
    {},
    {
      onData: ({ data: message }) => {
        if (message.kind !== 'event') {
          view.current = message.view;
          return;
        }
        view.current = applyToCustomerView(view.current, message.event);
        const card = view.current.cards.find(({ order }) => order.id === message.event.streamId);
        const notice = card && noticeOf(message.event, card);
        if (notice) latest.current(notice);
      },
    },
  );
  return null;
}
