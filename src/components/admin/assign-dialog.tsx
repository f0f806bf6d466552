'use client';

import { CircleAlert, UserX } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { toast } from 'sonner';
import { useAction } from '@/components/shared/use-action';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { EmptyState } from '@/components/ui/empty-state';
import { deliveryMachine } from '@/domain/delivery';
import type { OrderCard } from '@/domain/views';
import { trpc } from '@/trpc/client';
import { useBoard } from './admin-shell';
import { DriverChoices } from './driver-choices';

type AssignDialogProps = { orderId: string | null; onClose: () => void };

/** Gives an order to a driver whom the dispatcher chooses. */
export function AssignDialog({ orderId, onClose }: AssignDialogProps) {
  const { view } = useBoard();
  const card = view.cards.find(({ order }) => order.id === orderId);
  if (!card) return null;
  if (mayAssign(card)) return <Choosing key={card.order.id} card={card} onClose={onClose} />;
  return (
    <Dialog open onOpenChange={onClose} title={`Assign #${card.order.number}`}>
      <EmptyState icon={UserX} title="This order takes no driver now">
        It waits for the restaurant’s answer, its driver has the food already, or it is closed.
      </EmptyState>
    </Dialog>
  );
}

/** Those whom a driver can be given to, or taken from before. */
export function mayAssign({ delivery }: OrderCard): boolean {
  if (!delivery) return false;
  const steps = deliveryMachine.steps[delivery.status];
  return steps.assign !== undefined || steps.unassign !== undefined;
}

const firstName = (name: string): string => name.split(' ')[0] ?? name;

function Choosing({ card, onClose }: { card: OrderCard; onClose: () => void }) {
  const { order, delivery } = card;
  const holder = delivery?.driverId ?? null;
  const [expected, setExpected] = useState({ id: holder, name: delivery?.driverName ?? null });
  const [picked, setPicked] = useState<{ id: string; name: string } | null>(null);
  const assign = useAction(trpc.admin.assign.useMutation(), {
    onDone: (assigned) => {
      toast.success(`#${order.number} is with ${assigned.driverName ?? 'its driver'} now`);
      onClose();
    },
    onRefused: () => undefined,
  });
  const chosen = picked?.id === holder ? null : picked;
  const moved = holder !== expected.id;
  const label = chosen
    ? `${expected.id ? 'Reassign' : 'Assign'} to ${firstName(chosen.name)}`
    : 'Choose a driver';

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`${expected.id ? 'Reassign' : 'Assign'} #${order.number}`}
      description={`Pickup at ${order.restaurantName}, ${order.pickupAddress}`}
      footer={
        <div className="flex w-full flex-col gap-4">
          {moved && (
            <Warning>
              {delivery?.driverName
                ? `${delivery.driverName} got it while you were choosing.`
                : `${expected.name} does not have it any more.`}{' '}
              <button
                type="button"
                onClick={() => setExpected({ id: holder, name: delivery?.driverName ?? null })}
                className="font-medium underline underline-offset-4"
              >
                Go on all the same
              </button>
            </Warning>
          )}
          {assign.refusal && (
            <Warning>
              {assign.refusal.message} {assign.refusal.hint}
            </Warning>
          )}
          <div className="flex flex-col-reverse gap-2 sm:flex-row sm:justify-end">
            <Button onClick={onClose}>Back</Button>
            <Button
              variant="primary"
              disabled={!chosen || !delivery}
              loading={assign.pending}
              onClick={() => {
                if (!chosen || !delivery) return;
                assign.run({
                  deliveryId: delivery.id,
                  driverId: chosen.id,
                  expectedDriverId: expected.id,
                });
              }}
            >
              {label}
            </Button>
          </div>
        </div>
      }
    >
      {expected.id && !moved && (
        <p className="pb-3 text-quiet text-sm">
          {expected.name} has it now and loses it when you choose another.
        </p>
      )}
      <DriverChoices
        pickup={order.pickup}
        holder={holder}
        chosen={chosen?.id ?? null}
        onChoose={(driver) => {
          assign.clear();
          setPicked(driver);
        }}
      />
    </Dialog>
  );
}

const Warning = ({ children }: { children: ReactNode }) => (
  <p role="alert" className="flex gap-2 rounded-control bg-bad-soft p-3 text-bad-ink text-sm">
    <CircleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
    <span>{children}</span>
  </p>
);
