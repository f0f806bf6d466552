'use client';

import { Dialog as Base } from '@base-ui/react/dialog';
import { CircleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { useAction } from '@/components/shared/use-action';
import { useFormat } from '@/components/shared/use-format';
import { Button } from '@/components/ui/button';
import type { GeoPoint } from '@/domain/geo';
import { trpc } from '@/trpc/client';
import type { RefusalWords } from '@/trpc/refusal';
import { CountdownRing } from './countdown-ring';
import { DeclineSheet } from './decline-sheet';
import { DriverMap } from './driver-map';
import { OfferGone } from './offer-gone';
import { routeOf } from './offer-route';
import { RouteStops } from './route-stops';
import { type ShownOffer, useCountdown } from './use-offer';
import { useOfferAlert } from './use-offer-alert';
import { WhyMe } from './why-me';

type OfferScreenProps = {
  shown: ShownOffer;
  me: GeoPoint | null;
  onLeave: () => void;
  onDeclined: () => void;
};

/** An offer covers everything until it is answered or gone. */
export function OfferScreen({ shown, me, onLeave, onDeclined }: OfferScreenProps) {
  const t = useTranslations('driver.offer');
  const { distance, money } = useFormat();
  const { offers, deadline, gone } = shown;
  const [offer] = offers;
  const route = routeOf(offers);
  const [declining, setDeclining] = useState(false);
  const [lost, setLost] = useState<RefusalWords | null>(null);
  const acceptMutation = trpc.drivers.acceptOffer.useMutation();
  const accept = useAction(acceptMutation, {
    onRefused: (refusal) => {
      if (refusal.reason === 'offer_gone') setLost(refusal);
    },
  });
  const decline = useAction(trpc.drivers.declineOffer.useMutation(), {
    onDone: onDeclined,
    onRefused: (refusal) => {
      setDeclining(false);
      if (refusal.reason === 'offer_gone') setLost(refusal);
    },
  });
  const accepting = accept.pending || acceptMutation.isSuccess;
  const over = !accepting && (lost !== null || gone !== null);
  const refusal = accept.refusal ?? decline.refusal;
  useOfferAlert(!over && !accepting && !declining);
  // The sheet goes with the offer that it declines.
  useEffect(() => {
    if (over) setDeclining(false);
  }, [over]);

  return (
    <Base.Root open modal onOpenChange={() => undefined}>
      <Base.Portal>
        <Base.Popup className="fixed inset-0 z-40 flex flex-col bg-page outline-none">
          {over ? (
            <OfferGone offer={offer} gone={gone ?? 'withdrawn'} refusal={lost} onLeave={onLeave} />
          ) : (
            <div className="mx-auto flex min-h-0 w-full max-w-xl flex-1 flex-col">
              <div className="relative min-h-36 flex-1 overflow-hidden sm:mt-6 sm:rounded-card">
                <DriverMap
                  me={me}
                  route={[me, ...route.stops.map(({ at }) => at)]}
                  stops={route.stops.map(({ kind, title, at }) => ({ kind, name: title, at }))}
                  label={t('map')}
                />
              </div>
              <div className="min-h-0 shrink overflow-y-auto px-5 pt-5">
                <div className="flex items-center justify-between gap-4">
                  <div>
                    <Base.Title className="font-medium text-base text-quiet tracking-normal">
                      {offers.length > 1 ? t('titleOfRun', { count: offers.length }) : t('title')}
                    </Base.Title>
                    <p className="numerals heading mt-0.5 text-2xl">
                      {money(route.pay, route.currency)}
                    </p>
                    <p className="numerals mt-0.5 text-quiet text-sm">
                      {t('inAll', { distance: distance(route.totalM) })}
                    </p>
                  </div>
                  <Ring deadline={deadline} />
                </div>
                <div className="mt-5">
                  <RouteStops
                    stops={route.stops.map(({ key, kind, title, address, meters }, index) => ({
                      key,
                      kind,
                      title,
                      detail: address ?? t('dropoff'),
                      km: t(index === 0 ? 'fromYou' : 'ride', { distance: distance(meters) }),
                    }))}
                  />
                  <WhyMe why={offer.why} />
                </div>
                {refusal && !lost && (
                  <p
                    role="alert"
                    className="mt-4 flex gap-2 rounded-control bg-bad-soft p-3 text-bad-ink text-sm"
                  >
                    <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
                    {refusal.message} {refusal.hint}
                  </p>
                )}
              </div>
              <div className="shrink-0 px-5 pt-4 pb-[max(1.25rem,env(safe-area-inset-bottom))]">
                <Button
                  variant="primary"
                  size="thumb"
                  full
                  loading={accepting}
                  disabled={decline.pending}
                  onClick={() => accept.run({ offerId: offer.id, stops: offers.length })}
                  className="h-18 rounded-card text-lg"
                >
                  {t('accept')}
                </Button>
                <Button
                  variant="quiet"
                  size="thumb"
                  full
                  disabled={accepting}
                  onClick={() => setDeclining(true)}
                  className="mt-2"
                >
                  {t('decline')}
                </Button>
              </div>
              <DeclineSheet
                open={declining}
                onOpenChange={setDeclining}
                pending={decline.pending}
                onDecline={(reason) => decline.run({ offerId: offer.id, reason })}
              />
            </div>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  );
}

const Ring = ({ deadline }: Pick<ShownOffer, 'deadline'>) => (
  <CountdownRing {...useCountdown(deadline)} />
);
