'use client';

import { UserX } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { EmptyState } from '@/components/ui/empty-state';
import { seenOn } from '@/domain/hands-on';
import type { OrderCard } from '@/domain/views';
import { useBoard, useDrivers } from './admin-shell';
import { DriverChoices } from './driver-choices';
import { firstName } from './first-name';
import { Meanwhile, Warning } from './hands-on/meanwhile';
import { useAssign } from './hands-on/use-assign';
import { mayAssign } from './may-assign';
import { bestOf, type Suggestion, suggest } from './suggestions';

type AssignDialogProps = { orderId: string | null; onClose: () => void };

/** Gives an order to a driver whom the dispatcher chooses. */
export function AssignDialog({ orderId, onClose }: AssignDialogProps) {
  const { view } = useBoard();
  const card = view.cards.find(({ order }) => order.id === orderId);
  const t = useTranslations('admin.assign');
  if (!card) return null;
  if (mayAssign(card)) return <Choosing key={card.order.id} card={card} onClose={onClose} />;
  return (
    <Dialog open onOpenChange={onClose} title={t('assign', { number: card.order.number })}>
      <EmptyState icon={UserX} title={t('takesNone')}>
        {t('takesNoneDetail')}
      </EmptyState>
    </Dialog>
  );
}

function Choosing({ card, onClose }: { card: OrderCard; onClose: () => void }) {
  const t = useTranslations('admin.assign');
  const keys = useTranslations('board.assign');
  const itsDriver = useTranslations('admin')('itsDriver');
  const { order, delivery } = card;
  const holder = delivery?.driverId ?? null;
  const [expected, setExpected] = useState({ id: holder, name: delivery?.driverName ?? null });
  const moved = holder !== expected.id;
  const [picked, setPicked] = useState<{ id: string; name: string } | null>(null);
  const [seenVersion, setSeenVersion] = useState(() => seenOn(card));
  const assign = useAssign({ quiet: true, onDone: onClose });
  const drivers = useDrivers();
  const all = useMemo(
    () => suggest(order.pickup, [...drivers.values()], holder),
    [order.pickup, drivers, holder],
  );
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const found = all.filter(({ known }) => known.entry.driver.name.toLowerCase().includes(wanted));
  // Taking it from somebody is chosen by hand; else the best one stands ready.
  const [ready] = useState(() => (holder ? null : bestOf(all)));
  const standing = picked ?? nameOf(ready ?? undefined);
  const chosen = standing?.id === holder ? null : standing;
  const body = useRef<HTMLDivElement>(null);
  const give = (driver: { id: string }) => {
    assign.give(card, driver.id, seenVersion);
  };
  useChoiceKeys((key) => {
    const nth = key === 'Enter' ? chosen : nameOf(found[Number(key) - 1]);
    if (nth) give(nth);
  });
  function lookAgain() {
    assign.clear();
    setExpected({ id: holder, name: delivery?.driverName ?? null });
    setSeenVersion(seenOn(card));
  }
  const label = chosen
    ? t(expected.id ? 'reassignTo' : 'assignTo', { name: firstName(chosen.name) })
    : t('choose');

  return (
    <Dialog
      open
      onOpenChange={onClose}
      initialFocus={body}
      title={t(expected.id ? 'reassign' : 'assign', { number: order.number })}
      description={t('pickup', {
        restaurant: order.restaurantName,
        address: order.pickupAddress,
      })}
      footer={
        <div className="flex w-full flex-col gap-4">
          {moved && !assign.refusal && (
            <Warning>
              {delivery?.driverName
                ? t('gotIt', { name: delivery.driverName })
                : t('lostIt', { name: expected.name ?? itsDriver })}{' '}
              <button
                type="button"
                onClick={lookAgain}
                className="font-medium underline underline-offset-4"
              >
                {t('goOn')}
              </button>
            </Warning>
          )}
          <Meanwhile changes={[]} refusal={assign.refusal} onLookAgain={lookAgain} />
          <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
            <Button onClick={onClose}>{t('back')}</Button>
            <Button
              variant="primary"
              disabled={!chosen || !delivery}
              loading={assign.pending}
              onClick={() => chosen && give(chosen)}
            >
              {label}
            </Button>
          </div>
        </div>
      }
    >
      {expected.id && !moved && (
        <p className="pb-3 text-quiet text-sm">
          {t('hasIt', { name: expected.name ?? itsDriver })}
        </p>
      )}
      <section ref={body} tabIndex={-1} aria-label={keys('hint')} className="outline-none">
        <p className="pb-2 text-quiet text-xs pointer-coarse:hidden">{keys('hint')}</p>
        <DriverChoices
          found={found}
          text={text}
          onText={setText}
          count={all.length}
          chosen={chosen?.id ?? null}
          onChoose={(driver) => {
            assign.clear();
            setPicked(driver);
          }}
        />
      </section>
    </Dialog>
  );
}

const nameOf = (one: Suggestion | undefined) =>
  one && !one.full ? { id: one.known.entry.driver.id, name: one.known.entry.driver.name } : null;

/** A digit gives it to one of the first nine, Enter to the one who stands ready. */
function useChoiceKeys(onKey: (key: string) => void): void {
  const latest = useRef(onKey);
  useEffect(() => {
    latest.current = onKey;
  });
  // The keyboard, while the dialog is open; fields and buttons keep their own keys.
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const { key, target, repeat } = event;
      if (repeat || event.altKey || event.metaKey || event.ctrlKey) return;
      if (!/^([1-9]|Enter)$/.test(key)) return;
      if (target instanceof Element && target.closest('button, input[type=search]')) return;
      event.preventDefault();
      latest.current(key);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
