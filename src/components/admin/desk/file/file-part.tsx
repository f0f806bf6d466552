'use client';

import { Download, FileUp } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ChangeEvent, useId, useState } from 'react';
import type { Desk } from '@/components/admin/desk/use-desk';
import { FormError } from '@/components/customer/account/form-error';
import { saveFile } from '@/components/shared/save-file';
import { useAction } from '@/components/shared/use-action';
import { useRefusal } from '@/components/shared/use-refusal';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast';
import { useHydrated } from '@/components/ui/use-hydrated';
import { LARGEST_MENU_FILE, MENU_FORMATS, type MenuFormat } from '@/domain/menu-file/menu-file';
import type { MenuPreview } from '@/domain/menu-file/plan-menu';
import { trpc } from '@/trpc/client';
import { PlanTable } from './plan-table';

type Chosen = { name: string; format: MenuFormat; text: string };

/** A menu out to a file, and back in again: first what it would change, then the change. */
export function FilePart({ desk: { desk, refresh } }: { desk: Desk }) {
  const t = useTranslations('desk.file');
  const refusalOf = useRefusal();
  const input = useId();
  // A file that is chosen before the page listens would be lost.
  const hydrated = useHydrated();
  const { id: restaurantId, currency } = desk.restaurant;
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [preview, setPreview] = useState<MenuPreview | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const dryRun = trpc.restaurantDesk.previewImport.useMutation();
  const utils = trpc.useUtils();
  const apply = useAction(trpc.restaurantDesk.importMenu.useMutation(), {
    onDone: ({ created, changed }) => {
      toast.success(t('done', { created, changed }));
      setChosen(null);
      setPreview(null);
      void refresh();
    },
    onRefused: ({ message, hint, reason }) => {
      setProblem(`${message} ${hint ?? ''}`);
      if (reason === 'menu_changed' && chosen) void look(chosen);
    },
  });

  async function look({ format, text }: Chosen): Promise<void> {
    try {
      setPreview(await dryRun.mutateAsync({ restaurantId, format, text }));
    } catch (error) {
      const { message, hint } = refusalOf(error);
      setProblem(`${message} ${hint ?? ''}`);
    }
  }

  async function choose({ target }: ChangeEvent<HTMLInputElement>): Promise<void> {
    const file = target.files?.[0];
    // The same file again, mended, is a new choice.
    target.value = '';
    if (!file) return;
    setProblem(null);
    setPreview(null);
    if (file.size > LARGEST_MENU_FILE) {
      setPreview({ kind: 'unreadable', problem: { code: 'too_large', about: '' } });
      return;
    }
    const format = file.name.toLowerCase().endsWith('.json') ? 'json' : 'csv';
    const next: Chosen = { name: file.name, format, text: await file.text() };
    setChosen(next);
    await look(next);
  }

  async function save(format: MenuFormat): Promise<void> {
    try {
      const { fileName, text } = await utils.restaurantDesk.exportMenu.fetch({
        ...{ restaurantId, format },
      });
      saveFile(fileName, text, format === 'csv' ? 'text/csv' : 'application/json');
    } catch (error) {
      setProblem(refusalOf(error).message);
    }
  }

  const steps =
    preview?.kind === 'plan'
      ? preview.lines.filter(({ outcome }) => outcome === 'created' || outcome === 'changed').length
      : 0;
  return (
    <div className="mt-6">
      <h2 className="text-base">{t('export')}</h2>
      <p className="mt-1 max-w-xl text-pretty text-quiet text-sm">{t('exportDetail')}</p>
      <div className="mt-3 flex gap-2">
        {MENU_FORMATS.map((format) => (
          <Button key={format} onClick={() => void save(format)}>
            <Download aria-hidden="true" />
            {t('exportAs', { format: format.toUpperCase() })}
          </Button>
        ))}
      </div>
      <h2 className="mt-8 text-base">{t('import')}</h2>
      <p className="mt-1 max-w-xl text-pretty text-quiet text-sm">{t('importDetail')}</p>
      <label
        htmlFor={input}
        className="relative mt-3 flex min-h-24 cursor-pointer items-center justify-center gap-3 rounded-card border border-edge border-dashed bg-raised px-4 text-sm hover:bg-hover has-focus-visible:outline-2 has-focus-visible:outline-accent"
      >
        <FileUp aria-hidden="true" className="size-5 text-quiet" />
        <span className="truncate font-medium">{chosen?.name ?? t('choose')}</span>
        <input
          id={input}
          type="file"
          disabled={!hydrated}
          accept=".csv,.json,text/csv,application/json"
          onChange={(event) => void choose(event)}
          className="absolute inset-0 cursor-pointer opacity-0"
        />
      </label>
      <div className="mt-4">
        <FormError message={problem} />
      </div>
      {preview && <PlanTable preview={preview} currency={currency} />}
      {chosen && preview?.kind === 'plan' && (
        <div className="mt-6 flex flex-wrap items-center justify-end gap-3 border-line border-t pt-4">
          <p className="me-auto text-quiet text-sm">{t('asShown')}</p>
          <Button
            variant="quiet"
            onClick={() => {
              setChosen(null);
              setPreview(null);
              setProblem(null);
            }}
          >
            {t('cancel')}
          </Button>
          <Button
            variant="primary"
            disabled={steps === 0}
            loading={apply.pending}
            onClick={() => {
              const { format, text } = chosen;
              apply.run({ restaurantId, format, text, fingerprint: preview.fingerprint });
            }}
          >
            {t('apply', { count: steps })}
          </Button>
        </div>
      )}
    </div>
  );
}
