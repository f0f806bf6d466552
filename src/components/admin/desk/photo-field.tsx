'use client';

import { ImageUp, Trash2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { type ChangeEvent, useId, useState } from 'react';
import { FormError } from '@/components/customer/account/form-error';
import { Cover } from '@/components/shared/cover';
import { useAction } from '@/components/shared/use-action';
import { useRefusal } from '@/components/shared/use-refusal';
import { Button, Spinner } from '@/components/ui/button';
import { PICTURE_TYPES } from '@/domain/picture';
import { trpc } from '@/trpc/client';
import { refusalFrom } from '@/trpc/plain-refusal';
import { uploadPicture } from './upload-picture';

type PhotoFieldProps = {
  of: 'restaurant' | 'dish';
  id: string;
  version: number;
  name: string;
  cuisine: string;
  photoId: string | null;
  /** Another photo is another version of what it is of. */
  onDone: (done: Photographed) => void;
};

type Photographed = { photoId: string | null; version: number };

/** The photo of a restaurant or a dish: brought in, replaced, taken away. It is not part of the form. */
export function PhotoField({ of, id, version, name, cuisine, photoId, onDone }: PhotoFieldProps) {
  const t = useTranslations('desk.photo');
  const refusalOf = useRefusal();
  const input = useId();
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const say = (words: { message: string; hint: string | null }) =>
    setProblem(`${words.message} ${words.hint ?? ''}`);
  const remove = useAction(trpc.restaurantDesk.removePhoto.useMutation(), {
    onDone,
    onRefused: say,
  });

  async function send({ target }: ChangeEvent<HTMLInputElement>): Promise<void> {
    const file = target.files?.[0];
    target.value = '';
    if (!file || sending) return;
    setProblem(null);
    setSending(true);
    try {
      const query = new URLSearchParams({ of, id, version: String(version) });
      const picture = await uploadPicture(file);
      const response = await fetch(`/api/photos?${query}`, {
        ...{ method: 'POST', headers: { 'content-type': picture.type || 'image/unknown' } },
        body: picture,
      });
      if (!response.ok) throw await refusalFrom(response);
      const done: Photographed = await response.json();
      onDone(done);
    } catch (error) {
      say(refusalOf(error));
    }
    setSending(false);
  }

  return (
    <div>
      <p className="font-medium text-sm">{t('title')}</p>
      <div className="mt-1.5 flex flex-wrap items-center gap-4">
        <Cover
          name={name}
          cuisine={cuisine}
          seed={id}
          photoId={photoId}
          className="h-20 w-32 overflow-hidden rounded-control"
        />
        <div className="flex flex-wrap items-center gap-2">
          <label
            htmlFor={input}
            className="relative inline-flex h-11 cursor-pointer items-center gap-2 rounded-control border border-line bg-raised px-4 font-medium text-sm hover:border-edge hover:bg-hover has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            {sending ? <Spinner /> : <ImageUp aria-hidden="true" className="size-[18px]" />}
            {t(photoId ? 'replace' : 'add')}
            <input
              id={input}
              type="file"
              accept={PICTURE_TYPES.join(',')}
              disabled={sending}
              onChange={(event) => void send(event)}
              className="absolute inset-0 size-full cursor-pointer opacity-0"
            />
          </label>
          {photoId && (
            <Button
              variant="quiet"
              loading={remove.pending}
              onClick={() => remove.run({ of, id, version })}
            >
              <Trash2 aria-hidden="true" />
              {t('remove')}
            </Button>
          )}
        </div>
      </div>
      <p className="mt-1.5 text-faint text-xs">{t('hint')}</p>
      <FormError message={problem} />
    </div>
  );
}
