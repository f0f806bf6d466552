'use client';

import { useTranslations } from 'next-intl';
import { Checkbox } from '@/components/ui/checkbox';
import {
  NOTICE_CHANNELS,
  type NoticeChannel,
  type NoticeDefaults,
  SWITCHED_NOTICE_KINDS,
  type SwitchedNoticeKind,
  waysOut,
} from '@/domain/notices';
import { SectionPanel } from './section-panel';
import { useSection } from './use-section';

type PanelProps = {
  stored: { value: NoticeDefaults; version: number };
  onSaved: () => Promise<unknown>;
};

const waysOf = (kind: SwitchedNoticeKind): readonly NoticeChannel[] => ['page', ...waysOut(kind)];

/** Where each kind goes unless a person has said otherwise. */
export function NoticeDefaultsPanel({ stored, onSaved }: PanelProps) {
  const t = useTranslations('settings.notices');
  const words = useTranslations('notices.settings');
  const form = useSection('notices', stored, onSaved);
  const { value, refusal } = form;
  const kindWords = (kind: SwitchedNoticeKind) =>
    kind === 'offer' ? t('offer') : words(`kind.${kind}`);
  const toggle = (kind: SwitchedNoticeKind, channel: NoticeChannel, on: boolean) =>
    form.change({
      ...value,
      [kind]: NOTICE_CHANNELS.filter((each) =>
        each === channel ? on : value[kind].includes(each),
      ),
    });
  return (
    <SectionPanel
      title={t('title')}
      detail={t('detail')}
      form={{
        ...form,
        problem: refusal && `${refusal.message} ${refusal.hint ?? ''}`,
        onSave: () => form.save(value),
        onDiscard: form.discard,
      }}
    >
      <div className="overflow-x-auto">
        <table className="w-full text-sm">
          <thead>
            <tr className="border-line border-b text-quiet">
              <td className="p-2" />
              {NOTICE_CHANNELS.map((channel) => (
                <th key={channel} scope="col" className="p-2 text-center font-medium">
                  {words(`channel.${channel}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {SWITCHED_NOTICE_KINDS.map((kind) => (
              <tr key={kind} className="border-line border-b last:border-0">
                <th scope="row" className="p-2 text-start font-normal">
                  {kindWords(kind)}
                </th>
                {NOTICE_CHANNELS.map((channel) => (
                  <td key={channel} className="p-1 text-center">
                    {waysOf(kind).includes(channel) && (
                      <Checkbox
                        label={
                          <span className="sr-only">
                            {`${kindWords(kind)}: ${words(`channel.${channel}`)}`}
                          </span>
                        }
                        className="mx-auto size-11 justify-center gap-0 [&>span:last-child]:flex-none"
                        checked={value[kind].includes(channel)}
                        onChange={(on) => toggle(kind, channel, on)}
                      />
                    )}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </SectionPanel>
  );
}
