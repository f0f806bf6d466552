'use client';

import { Copy } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { toast } from '@/components/ui/toast';

/** The secret, once: nobody can read it again. */
export function SecretDialog({ secret, onClose }: { secret: string | null; onClose: () => void }) {
  const t = useTranslations('webhooks.secret');
  const copy = async (text: string) => {
    try {
      await navigator.clipboard.writeText(text);
      toast.success(t('copied'));
    } catch {
      toast.error(t('notCopied'));
    }
  };
  return (
    <Dialog
      open={secret !== null}
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      title={t('title')}
      description={t('detail')}
      footer={
        <Button variant="primary" onClick={onClose}>
          {t('kept')}
        </Button>
      }
    >
      {secret && (
        <div className="flex items-center gap-2">
          <code
            dir="ltr"
            className="min-w-0 flex-1 select-all break-all rounded-control bg-sunken px-3 py-2 font-mono text-sm"
          >
            {secret}
          </code>
          <Button size="icon" aria-label={t('copy')} onClick={() => void copy(secret)}>
            <Copy aria-hidden="true" />
          </Button>
        </div>
      )}
    </Dialog>
  );
}
