'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useAction } from '@/components/shared/use-action';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import { toast } from '@/components/ui/toast';
import { ERASE_REASONS, type EraseReason } from '@/domain/erasure';
import { trpc } from '@/trpc/client';
import type { OpenPerson } from './person-sheet';

type EraseDialogProps = {
  person: OpenPerson;
  open: boolean;
  onClose: () => void;
  onDone: () => void;
};

/** Asks why before somebody is taken out of the books for good. */
export function EraseDialog({ person, open, onClose, onDone }: EraseDialogProps) {
  const t = useTranslations('people.erasing');
  const [reason, setReason] = useState<EraseReason>('asked');
  const { name } = person;
  const erase = useAction(trpc.people.erase.useMutation(), {
    onDone: ({ orders }) => {
      toast.success(t('done', { count: orders }));
      onClose();
      onDone();
    },
  });
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={onClose}
      title={t('title', { name })}
      description={t('detail')}
      confirmLabel={t('confirm')}
      danger
      loading={erase.pending}
      onConfirm={() => erase.run({ userId: person.id, expectedVersion: person.version, reason })}
    >
      <Field label={t('why')} hint={t('whyHint')}>
        {(control) => (
          <Select
            {...control}
            value={reason}
            onChange={setReason}
            items={ERASE_REASONS.map((value) => ({ value, label: t(`reason.${value}`) }))}
            className="w-full"
          />
        )}
      </Field>
    </ConfirmDialog>
  );
}
