'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useAction } from '@/components/shared/use-action';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Field } from '@/components/ui/field';
import { Textarea } from '@/components/ui/input';
import { toast } from '@/components/ui/toast';
import { trpc } from '@/trpc/client';
import type { OpenPerson } from './person-sheet';

const LONGEST_REASON = 300;

type DialogProps = {
  person: OpenPerson;
  open: boolean;
  onClose: () => void;
  onDone: () => void;
};

/** Asks why before somebody is shut out. */
export function BlockDialog({ person, open, onClose, onDone }: DialogProps) {
  const t = useTranslations('people.blocking');
  const { name, role } = person;
  const [reason, setReason] = useState('');
  const block = useAction(trpc.people.block.useMutation(), {
    onDone: () => {
      toast.success(t('done', { name }));
      setReason('');
      onClose();
      onDone();
    },
  });
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onClose}
      title={t('title', { name })}
      description={role === 'driver' ? `${t('detail')} ${t('driver')}` : t('detail')}
      confirmLabel={t('confirm')}
      danger
      loading={block.pending}
      disabled={reason.trim() === ''}
      onConfirm={() =>
        block.run({ userId: person.id, expectedVersion: person.version, reason: reason.trim() })
      }
    >
      <Field label={t('why')} hint={t('whyHint')}>
        {(control) => (
          <Textarea
            {...control}
            maxLength={LONGEST_REASON}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
    </ConfirmDialog>
  );
}
