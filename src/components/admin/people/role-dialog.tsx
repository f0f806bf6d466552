'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useAction } from '@/components/shared/use-action';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Select } from '@/components/ui/select';
import { toast } from '@/components/ui/toast';
import { ROLES } from '@/domain/roles';
import { trpc } from '@/trpc/client';
import type { OpenPerson } from './person-sheet';

type RoleDialogProps = {
  person: OpenPerson;
  open: boolean;
  onClose: () => void;
  onDone: () => void;
};

/** Gives somebody another role. */
export function RoleDialog({ person, open, onClose, onDone }: RoleDialogProps) {
  const t = useTranslations('people.roles');
  const people = useTranslations('people');
  const roles = useTranslations('shared.role');
  const { name } = person;
  const [chosen, setChosen] = useState<(typeof ROLES)[number] | null>(null);
  const role = chosen ?? person.role;
  const change = useAction(trpc.people.changeRole.useMutation(), {
    onDone: () => {
      toast.success(t('done', { name }));
      setChosen(null);
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
      loading={change.pending}
      disabled={role === person.role}
      onConfirm={() => change.run({ userId: person.id, expectedVersion: person.version, role })}
    >
      <Select
        label={people('role')}
        value={role}
        onChange={setChosen}
        items={ROLES.map((value) => ({ value, label: roles(value) }))}
        className="w-full"
      />
    </ConfirmDialog>
  );
}
