'use client';

import { Bike, ChefHat, LayoutDashboard, ShoppingBag } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { DEMO_PASSWORD, DEMO_SIGN_INS } from '@/domain/demo';
import type { Role } from '@/domain/roles';
import type { Credentials } from './use-sign-in';

const ICONS = {
  customer: ShoppingBag,
  driver: Bike,
  admin: LayoutDashboard,
  kitchen: ChefHat,
} as const;

type DemoSignInsProps = {
  entering: string | null;
  onChoose: (role: Role, account: Credentials) => void;
};

/** The accounts that a demo city is seeded with, one click each. */
export function DemoSignIns({ entering, onChoose }: DemoSignInsProps) {
  const t = useTranslations('account.demo');
  const roles = useTranslations('shared.role');
  return (
    <section aria-labelledby="demo-heading" className="mb-7">
      <h2 id="demo-heading" className="font-medium text-quiet text-sm tracking-normal">
        {t('heading')}
      </h2>
      <div className="mt-2.5 grid grid-cols-2 gap-2 sm:grid-cols-4">
        {DEMO_SIGN_INS.map(({ role, email }) => {
          const Icon = ICONS[role];
          return (
            <Button
              key={role}
              loading={entering === role}
              disabled={entering !== null && entering !== role}
              onClick={() => onChoose(role, { email, password: DEMO_PASSWORD })}
              className="h-20 flex-col gap-1.5 px-2"
            >
              <Icon aria-hidden="true" className="text-accent-ink" />
              {roles(role)}
            </Button>
          );
        })}
      </div>
      <div className="mt-7 flex items-center gap-3 text-faint text-xs" aria-hidden="true">
        <span className="h-px flex-1 bg-line" />
        {t('or')}
        <span className="h-px flex-1 bg-line" />
      </div>
    </section>
  );
}
