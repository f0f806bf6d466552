import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { getTranslations } from 'next-intl/server';
import { OrderPage } from '@/components/customer/order/order-page';
import { PreloadStillMap } from '@/components/shared/map/preload-still-map';
import { tellFormats } from '@/components/shared/tell-formats';
import { asTheme, THEME_COOKIE } from '@/components/shared/theme';
import { ToldFormatsProvider } from '@/components/shared/told-formats';
import { getEnv } from '@/config/env';
import { isOpenOrder } from '@/domain/order';
import type { Texts } from '@/i18n/areas';
import { MessagesProvider } from '@/i18n/messages-provider';
import { api, notFoundOnRefusal, requireRole } from '@/trpc/server';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('orders');
  return { title: t('onePage') };
}

/** What opens, or comes when the order has ended, brings its own. */
const FIRST_PICTURE: readonly Texts[] = [
  'order.back',
  'order.courier',
  'order.about',
  'order.who',
  'order.timeline',
  'order.eta',
  'order.delay',
  'order.imminent',
  'order.pin',
  'order.collect',
  'order.talk',
  'order.map',
  'order.lines',
  'order.actions',
  'order.cancel',
  'conversation',
  'reasons',
];

type Props = { params: Promise<{ orderId: string }> };

export default async function Page({ params }: Props) {
  const { orderId } = await params;
  await requireRole('customer', `/orders/${orderId}`);
  const caller = await api();
  const initial = await notFoundOnRefusal(() => caller.orders.get({ orderId }));
  const { order } = initial.view;
  const pictured = isOpenOrder(order.status) && !getEnv().MAP_STYLE_URL;
  return (
    <MessagesProvider texts={FIRST_PICTURE}>
      {pictured && <PreloadStillMap theme={asTheme((await cookies()).get(THEME_COOKIE)?.value)} />}
      <ToldFormatsProvider told={await tellFormats(order)}>
        <OrderPage initial={initial} />
      </ToldFormatsProvider>
    </MessagesProvider>
  );
}
