'use client';

import { useTranslations } from 'next-intl';
import { PushSwitch } from '@/components/shared/pwa/push-switch';
import { useAction } from '@/components/shared/use-action';
import { Card } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/checkbox';
import { CUSTOMER_NOTICE_KINDS, NOTICE_CHANNELS, type NoticeSetting } from '@/domain/notices';
import { trpc } from '@/trpc/client';

/** What a person is told and where: a table of switches, each kept at once. */
export function NoticeSettings({ initial }: { initial: NoticeSetting[] }) {
  const t = useTranslations('notices.settings');
  const queries = trpc.useUtils();
  const { data } = trpc.notices.settings.useQuery(undefined, { initialData: initial });
  const change = useAction(trpc.notices.set.useMutation(), {
    onDone: (done) =>
      queries.notices.settings.setData(undefined, (before) =>
        before?.map((each) =>
          each.kind === done.kind && each.channel === done.channel ? done : each,
        ),
      ),
  });
  const isOn = (kind: NoticeSetting['kind'], channel: NoticeSetting['channel']) =>
    data.some((each) => each.kind === kind && each.channel === channel && each.enabled);

  return (
    <section aria-labelledby="notices-title">
      <h2 id="notices-title" className="text-lg">
        {t('title')}
      </h2>
      <p className="mt-1 text-quiet">{t('detail')}</p>
      <div className="mt-4">
        <PushSwitch />
      </div>
      <Card className="mt-4 overflow-x-auto p-0">
        <table className="w-full text-sm">
          <thead>
            <tr className="border-line border-b text-quiet">
              <td className="p-3" />
              {NOTICE_CHANNELS.map((channel) => (
                <th key={channel} scope="col" className="p-3 text-center font-medium">
                  {t(`channel.${channel}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {CUSTOMER_NOTICE_KINDS.map((kind) => (
              <tr key={kind} className="border-line border-b last:border-0">
                <th scope="row" className="p-3 text-start font-normal">
                  {t(`kind.${kind}`)}
                </th>
                {NOTICE_CHANNELS.map((channel) => (
                  <td key={channel} className="p-1 text-center">
                    <Checkbox
                      label={
                        <span className="sr-only">
                          {`${t(`kind.${kind}`)}: ${t(`channel.${channel}`)}`}
                        </span>
                      }
                      className="mx-auto size-11 justify-center gap-0 [&>span:last-child]:flex-none"
                      checked={isOn(kind, channel)}
                      disabled={change.pending}
                      onChange={(enabled) => change.run({ kind, channel, enabled })}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </Card>
    </section>
  );
}
