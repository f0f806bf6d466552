'use client';

import { Download, Trash2 } from 'lucide-react';
import { signOut } from 'next-auth/react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { saveFile } from '@/components/shared/save-file';
import { useAction } from '@/components/shared/use-action';
import { useRefusal } from '@/components/shared/use-refusal';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { toast } from '@/components/ui/toast';
import { trpc } from '@/trpc/client';

/** What is kept of somebody is theirs: to have, and to take away. */
export function OwnData() {
  const t = useTranslations('notices.ownData');
  const queries = trpc.useUtils();
  const refusalOf = useRefusal();
  const [reading, setReading] = useState(false);
  const [asking, setAsking] = useState(false);

  async function download() {
    setReading(true);
    try {
      const { document } = await queries.account.export.fetch(undefined, { staleTime: 0 });
      saveFile('hotfoot-my-data.json', document, 'application/json');
    } catch (error) {
      const { message, hint } = refusalOf(error);
      toast.error(message, { description: hint });
    }
    setReading(false);
  }

  return (
    <section aria-labelledby="own-data-title" className="mt-10">
      <h2 id="own-data-title" className="text-lg">
        {t('title')}
      </h2>
      <Card className="mt-4 flex flex-col gap-4 p-4">
        <p className="text-quiet text-sm">{t('detail')}</p>
        <div className="flex flex-wrap gap-2">
          <Button loading={reading} onClick={() => void download()}>
            <Download aria-hidden="true" />
            {t('download')}
          </Button>
          <Button variant="danger-quiet" onClick={() => setAsking(true)}>
            <Trash2 aria-hidden="true" />
            {t('erase')}
          </Button>
        </div>
      </Card>
      <EraseDialog open={asking} onClose={() => setAsking(false)} />
    </section>
  );
}

function EraseDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useTranslations('notices.ownData');
  const [password, setPassword] = useState('');
  const [refused, setRefused] = useState<string | null>(null);
  const erase = useAction(trpc.account.erase.useMutation(), {
    onDone: async () => {
      // The session is gone already: this forgets its cookie.
      await signOut({ redirect: false }).catch(() => undefined);
      window.location.assign('/');
    },
    onRefused: ({ message, hint }) => setRefused([message, hint].filter(Boolean).join(' ')),
  });
  function close() {
    setPassword('');
    setRefused(null);
    onClose();
  }
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={close}
      title={t('sure')}
      description={t('consequences')}
      confirmLabel={t('confirm')}
      danger
      loading={erase.pending}
      disabled={password === ''}
      onConfirm={() => erase.run({ password })}
    >
      <Field label={t('password')} error={refused ?? undefined}>
        {(control) => (
          <Input
            {...control}
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
          />
        )}
      </Field>
    </ConfirmDialog>
  );
}
