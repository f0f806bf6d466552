'use client';

import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Sheet } from '@/components/ui/sheet';
import { DECLINE_REASONS } from '@/domain/delivery';

type Reason = (typeof DECLINE_REASONS)[number];

type DeclineSheetProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  pending: boolean;
  onDecline: (reason: Reason) => void;
};

/** One touch is a reason and an answer. */
export function DeclineSheet({ open, onOpenChange, pending, onDecline }: DeclineSheetProps) {
  const t = useTranslations('driver.decline');
  const reasons = useTranslations('reasons.decline');
  return (
    <Sheet open={open} onOpenChange={onOpenChange} title={t('title')}>
      <p className="text-quiet text-sm">{t('detail')}</p>
      <ul className="mt-4 flex flex-col gap-2 pb-2">
        {DECLINE_REASONS.map((reason) => (
          <li key={reason}>
            <Button
              size="thumb"
              full
              disabled={pending}
              onClick={() => onDecline(reason)}
              className="justify-start font-medium"
            >
              {reasons(reason)}
            </Button>
          </li>
        ))}
      </ul>
    </Sheet>
  );
}
