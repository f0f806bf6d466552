'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { DISCARD_REASON_LENGTH } from '@/domain/dead-letter';

type DiscardDialogProps = {
  letters: string[] | 'all' | null;
  pending: boolean;
  onClose: () => void;
  onDiscard: (reason: string) => void;
};

const SHORTEST = 3;

/** Giving up for good has a reason, which stays in the order's story. */
export function DiscardDialog({ letters, pending, onClose, onDiscard }: DiscardDialogProps) {
  const t = useTranslations('log.dead');
  const [reason, setReason] = useState('');
  const count = letters === null || letters === 'all' ? 0 : letters.length;
  const ready = reason.trim().length >= SHORTEST;
  return (
    <Dialog
      open={letters !== null}
      onOpenChange={(open) => !open && onClose()}
      title={t('discardTitle', { count })}
      description={t('discardDetail')}
      size="sm"
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) onDiscard(reason.trim());
        }}
        className="flex flex-col gap-4"
      >
        <Field label={t('reason')}>
          {(control) => (
            <Input
              {...control}
              value={reason}
              maxLength={DISCARD_REASON_LENGTH}
              required
              onChange={({ target }) => setReason(target.value)}
            />
          )}
        </Field>
        <Button type="submit" variant="danger" disabled={!ready} loading={pending}>
          {t('discard')}
        </Button>
      </form>
    </Dialog>
  );
}
