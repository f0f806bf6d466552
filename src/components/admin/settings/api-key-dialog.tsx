'use client';

import { useTranslations } from 'next-intl';
import { useId, useRef, useState } from 'react';
import { FormError } from '@/components/customer/account/form-error';
import { useAction } from '@/components/shared/use-action';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Dialog } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { toast } from '@/components/ui/toast';
import { SCOPES, type Scope } from '@/domain/scopes';
import { trpc } from '@/trpc/client';

type ApiKeyDialogProps = { onClose: () => void };

/** Makes a key, then shows its secret: this once. */
export function ApiKeyDialog({ onClose }: ApiKeyDialogProps) {
  const t = useTranslations('apiKeys.form');
  const queries = trpc.useUtils();
  const [made, setMade] = useState<{ secret: string | null } | null>(null);
  const make = useAction(trpc.apiKeys.make.useMutation(), {
    onDone: ({ secret }) => {
      setMade({ secret });
      void queries.apiKeys.invalidate();
      void queries.settings.changes.invalidate();
    },
    onRefused: () => undefined,
  });
  const form = useId();
  const [typed, setTyped] = useState({ name: '', email: '', scopes: [] as readonly Scope[] });
  const { name, email, scopes } = typed;
  const ready = name.trim() !== '' && scopes.length > 0;
  if (made) return <Secret secret={made.secret} onClose={onClose} />;
  const { refusal } = make;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('title')}
      footer={
        <Button
          type="submit"
          form={form}
          variant="primary"
          loading={make.pending}
          disabled={!ready}
        >
          {t('create')}
        </Button>
      }
    >
      <form
        id={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const actsFor = email.trim();
          if (ready) {
            make.run({ name, scopes: [...scopes], ...(actsFor ? { email: actsFor } : {}) });
          }
        }}
        className="flex flex-col gap-4"
      >
        <Field label={t('name')} hint={t('nameHint')}>
          {(control) => (
            <Input
              {...control}
              autoComplete="off"
              maxLength={80}
              value={name}
              onChange={(event) => setTyped({ ...typed, name: event.target.value })}
            />
          )}
        </Field>
        <fieldset>
          <legend className="font-medium text-sm">{t('scopes')}</legend>
          {SCOPES.map((scope) => (
            <ScopeBox
              key={scope}
              scope={scope}
              checked={scopes.includes(scope)}
              onChange={(on) =>
                setTyped({
                  ...typed,
                  scopes: SCOPES.filter((each) => (each === scope ? on : scopes.includes(each))),
                })
              }
            />
          ))}
        </fieldset>
        <Field label={t('email')} hint={t('emailHint')}>
          {(control) => (
            <Input
              {...control}
              type="email"
              dir="ltr"
              autoComplete="off"
              maxLength={200}
              value={email}
              onChange={(event) => setTyped({ ...typed, email: event.target.value })}
            />
          )}
        </Field>
        <FormError message={refusal && `${refusal.message} ${refusal.hint ?? ''}`} />
      </form>
    </Dialog>
  );
}

const WORDS = {
  'orders:read': 'scope.ordersRead',
  'orders:write': 'scope.ordersWrite',
  'menus:write': 'scope.menusWrite',
  'drivers:read': 'scope.driversRead',
  'drivers:write': 'scope.driversWrite',
  'events:read': 'scope.eventsRead',
} as const satisfies Record<Scope, string>;

type ScopeBoxProps = { scope: Scope; checked: boolean; onChange: (on: boolean) => void };

function ScopeBox({ scope, checked, onChange }: ScopeBoxProps) {
  const t = useTranslations('apiKeys');
  return (
    <Checkbox
      checked={checked}
      onChange={onChange}
      label={
        <>
          {t(WORDS[scope])}
          <bdi dir="ltr" className="block font-mono text-quiet text-xs">
            {scope}
          </bdi>
        </>
      }
    />
  );
}

function Secret({ secret, onClose }: { secret: string | null; onClose: () => void }) {
  const t = useTranslations('apiKeys.form');
  const input = useRef<HTMLInputElement>(null);

  async function copy() {
    try {
      await navigator.clipboard.writeText(secret ?? '');
      toast.success(t('copied'));
    } catch {
      input.current?.select();
    }
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={t('done')}
      footer={<Button onClick={onClose}>{t('close')}</Button>}
    >
      {secret === null ? (
        <p className="text-sm">{t('told')}</p>
      ) : (
        <div className="flex flex-col gap-3">
          <Field label={t('secret')} hint={t('once')}>
            {(control) => (
              <Input
                {...control}
                ref={input}
                readOnly
                dir="ltr"
                value={secret}
                onFocus={(event) => event.target.select()}
                className="font-mono"
              />
            )}
          </Field>
          <Button variant="primary" onClick={() => void copy()}>
            {t('copy')}
          </Button>
        </div>
      )}
    </Dialog>
  );
}
