'use client';

import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { useAction } from '@/components/shared/use-action';
import { toast } from '@/components/ui/toast';
import type { SettingSection } from '@/domain/settings';
import { trpc } from '@/trpc/client';

type Stored<Value> = { value: Value; version: number };

/** A section as it stands in its form: what others save meanwhile is told, not overwritten. */
export function useSection<Value>(
  section: SettingSection,
  stored: Stored<Value>,
  onSaved: () => Promise<unknown>,
) {
  const t = useTranslations('settings');
  const queries = trpc.useUtils();
  const [draft, setDraft] = useState<Stored<Value> | null>(null);
  const save = useAction(trpc.settings.change.useMutation(), {
    onDone: () => {
      toast.success(t('saved'));
      void onSaved().then(() => setDraft(null));
      void queries.settings.changes.invalidate();
    },
    onRefused: ({ reason }) => {
      if (reason === 'settings_changed') void onSaved();
    },
  });
  return {
    value: draft?.value ?? stored.value,
    changed: draft !== null,
    overtaken: draft !== null && stored.version > draft.version && !save.pending,
    pending: save.pending,
    refusal: save.refusal,
    change(value: Value) {
      save.clear();
      setDraft({ value, version: draft?.version ?? stored.version });
    },
    discard() {
      save.clear();
      setDraft(null);
    },
    save: (document: Record<string, unknown>) =>
      save.run({ section, expectedVersion: draft?.version ?? stored.version, document }),
  };
}
