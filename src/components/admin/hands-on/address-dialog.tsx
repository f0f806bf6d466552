'use client';

import { MapPin } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { LazyMap } from '@/components/shared/lazy-map';
import { useFormat } from '@/components/shared/use-format';
import { useRefusal } from '@/components/shared/use-refusal';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { GeoPoint } from '@/domain/geo';
import type { OrderImage } from '@/domain/order';
import { trpc } from '@/trpc/client';
import { type Door, DoorSearch } from './door-search';
import type { DialogProps } from './driver-dialogs';
import { Meanwhile, Warning } from './meanwhile';
import { useHand, useSayDone, useSayUndone } from './use-hand';
import { useSeen } from './use-seen';

/** Another door, found by words, kept by the customer or set by the pin; with what it would mean. */
export function AddressDialog({ view, onClose }: DialogProps) {
  const { order } = view;
  const { id: orderId, number } = order;
  const t = useTranslations('handsOn.address');
  const back = useTranslations('ui')('back');
  const seen = useSeen(view, 'change_address');
  const sayDone = useSayDone();
  const sayUndone = useSayUndone(number);
  const [before] = useState({
    at: order.dropoff,
    address: order.dropoffAddress,
    note: order.dropoffNote,
  });
  const [door, setDoor] = useState<Door>(before);
  const [note, setNote] = useState(before.note);
  const { address, naming } = useDoorWords(door);
  const terms = trpc.admin.addressTerms.useQuery({ orderId, at: door.at });
  const undo = useHand(trpc.admin.changeAddress.useMutation(), { onDone: sayUndone });
  const change = useHand(trpc.admin.changeAddress.useMutation(), {
    quiet: true,
    onDone: ({ version }) => {
      onClose();
      sayDone(t('done', { number, address }), () =>
        undo.run({ orderId, ...before, seenVersion: version }),
      );
    },
  });
  const same = door.at === before.at && note.trim() === before.note;
  const onPick = (at: GeoPoint) => setDoor({ at, address: '' });

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('title', { number })}
      description={t('detail')}
      footer={
        <div className="flex w-full flex-col gap-4">
          <Meanwhile
            changes={seen.changes}
            refusal={change.refusal}
            onLookAgain={() => {
              change.clear();
              seen.lookAgain();
            }}
          />
          <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
            <Button onClick={onClose}>{back}</Button>
            <Button
              variant="primary"
              disabled={same || naming || !terms.data?.delivers}
              loading={change.pending}
              onClick={() =>
                change.run({
                  ...{ orderId, address, at: door.at, note: note.trim() },
                  seenVersion: seen.version,
                })
              }
            >
              {t('confirm')}
            </Button>
          </div>
        </div>
      }
    >
      <div className="flex flex-col gap-4">
        <DoorSearch
          order={order}
          onChoose={(chosen) => {
            setDoor(chosen);
            if (chosen.note) setNote(chosen.note);
          }}
        />
        <div className="relative h-56 overflow-hidden rounded-card border border-line">
          <LazyMap
            className="size-full"
            center={door.at}
            zoom={15}
            markers={[{ id: 'pin', kind: 'pin', at: door.at, label: address }]}
            pickable
            onPick={onPick}
            label={t('map')}
          />
        </div>
        <p aria-live="polite" className="flex items-start gap-2.5 text-sm">
          <MapPin aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-accent-ink" />
          <span className="min-w-0">
            <bdi className="block font-medium">{address}</bdi>
            <span className="block text-quiet">{t('pin')}</span>
          </span>
        </p>
        <Terms order={order} at={door.at} />
        <Field label={t('note')} aside={t('optional')}>
          {(control) => (
            <Input
              {...control}
              maxLength={300}
              value={note}
              onChange={(event) => setNote(event.target.value)}
            />
          )}
        </Field>
      </div>
    </Dialog>
  );
}

/** What a door is called; one that was set by the pin is asked for. */
function useDoorWords({ at, address }: Door): { address: string; naming: boolean } {
  const t = useTranslations('handsOn.address');
  const named = trpc.addresses.reverse.useQuery(at, {
    enabled: address === '',
    staleTime: 600_000,
  });
  if (address !== '') return { address, naming: false };
  if (named.isPending) return { address: t('naming'), naming: true };
  const { data } = named;
  if (!data) return { address: `${at.lat.toFixed(5)}, ${at.lng.toFixed(5)}`, naming: false };
  const words = data.atTheDoor ? data.address : t('near', { address: data.address });
  return { address: words, naming: false };
}

/** Whether it is brought there, how far it is, and who pays the difference. */
function Terms({ order, at }: { order: OrderImage; at: GeoPoint }) {
  const { data, error } = trpc.admin.addressTerms.useQuery({ orderId: order.id, at });
  const t = useTranslations('handsOn.address');
  const { money, distance, minutes } = useFormat();
  const refusalOf = useRefusal();
  if (error && !data) return <Warning>{refusalOf(error).message}</Warning>;
  if (!data) return <div aria-busy="true" className="h-12" />;
  if (!data.delivers) return <Warning>{t('tooFar', { restaurant: order.restaurantName })}</Warning>;
  const { minutesMore, feePaid, feeThere } = data;
  const far = distance(data.distanceM);
  const paid = money(feePaid, order.currency);
  const way =
    minutesMore === 0
      ? t('same', { distance: far })
      : t(minutesMore > 0 ? 'later' : 'sooner', {
          distance: far,
          minutes: minutes(Math.abs(minutesMore)),
        });
  const fee =
    feeThere > feePaid
      ? t('feeKept', { paid, there: money(feeThere, order.currency) })
      : t('feeSame', { paid });
  return (
    <dl aria-live="polite" className="grid gap-x-4 gap-y-2 text-sm sm:grid-cols-2">
      <div>
        <dt className="text-faint text-xs">{t('way')}</dt>
        <dd className="numerals">{way}</dd>
      </div>
      <div>
        <dt className="text-faint text-xs">{t('fee')}</dt>
        <dd className="numerals text-pretty">{fee}</dd>
      </div>
    </dl>
  );
}
