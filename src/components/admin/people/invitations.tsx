'use client';

import { CircleAlert, Clock, type LucideIcon, MailCheck, Send } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useAction } from '@/components/shared/use-action';
import { useFormat } from '@/components/shared/use-format';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast';
import type { Tone } from '@/components/ui/tone';
import { type RouterOutputs, trpc } from '@/trpc/client';

type Invitation = RouterOutputs['people']['invitations'][number];

const LOOKS: Readonly<Record<Invitation['state'], { tone: Tone; icon: LucideIcon }>> = {
  mailing: { tone: 'info', icon: Send },
  mailed: { tone: 'good', icon: MailCheck },
  failed: { tone: 'bad', icon: CircleAlert },
  expired: { tone: 'warn', icon: Clock },
};
const MAILED_WITHIN_MS = 5_000;

/** Who is invited and has not come yet; nothing where nobody is. */
export function Invitations() {
  const t = useTranslations('people.invitations');
  const { data = [] } = trpc.people.invitations.useQuery(undefined, {
    refetchInterval: MAILED_WITHIN_MS,
  });
  if (data.length === 0) return null;
  return (
    <section aria-labelledby="invitations-title" className="mt-6">
      <h2 id="invitations-title" className="font-medium">
        {t('title')}
      </h2>
      <ul className="mt-2 divide-y divide-line overflow-hidden rounded-card border border-line bg-raised">
        {data.map((invitation) => (
          <InvitationRow key={invitation.id} invitation={invitation} />
        ))}
      </ul>
    </section>
  );
}

function InvitationRow({ invitation }: { invitation: Invitation }) {
  const t = useTranslations('people.invitations');
  const roles = useTranslations('shared.role');
  const format = useFormat();
  const queries = trpc.useUtils();
  const { id: invitationId, email, role, inviter, state, expiresAt } = invitation;
  const told = (words: string) => {
    toast.success(words);
    void queries.people.invitations.invalidate();
  };
  const renew = useAction(trpc.people.renewInvitation.useMutation(), {
    onDone: () => told(t('resent', { email })),
  });
  const withdraw = useAction(trpc.people.withdrawInvitation.useMutation(), {
    onDone: () => told(t('withdrawn', { email })),
  });
  const { tone, icon: Icon } = LOOKS[state];
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3">
      <div className="min-w-0 flex-1 basis-60">
        <bdi className="block truncate font-medium">{email}</bdi>
        <p className="text-quiet text-sm">
          {roles(role)}, {t('by', { name: inviter })}
        </p>
      </div>
      <Badge tone={tone}>
        <Icon aria-hidden="true" />
        {t(state, { day: format.fullDate(expiresAt) })}
      </Badge>
      <div className="flex gap-2">
        <Button
          size="sm"
          aria-label={t('resendTo', { email })}
          loading={renew.pending}
          onClick={() => renew.run({ invitationId })}
        >
          {t('resend')}
        </Button>
        <Button
          size="sm"
          variant="danger-quiet"
          aria-label={t('withdrawFrom', { email })}
          loading={withdraw.pending}
          onClick={() => withdraw.run({ invitationId })}
        >
          {t('withdraw')}
        </Button>
      </div>
    </li>
  );
}
