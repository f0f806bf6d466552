'use client';

import { Camera, CircleAlert } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { shrinkPhoto } from './picture';

type PhotoFieldProps = { picture: string | null; onPicture: (picture: string | null) => void };

/** Opens the camera, and shows what was taken. */
export function PhotoField({ picture, onPicture }: PhotoFieldProps) {
  const t = useTranslations('driver.proof');
  const [unreadable, setUnreadable] = useState(false);

  async function take(file: File | undefined): Promise<void> {
    if (!file) return;
    setUnreadable(false);
    try {
      onPicture(await shrinkPhoto(file));
    } catch {
      onPicture(null);
      setUnreadable(true);
    }
  }

  return (
    <div>
      <label className="relative grid min-h-48 cursor-pointer place-items-center overflow-hidden rounded-card border-2 border-line border-dashed bg-sunken text-center has-focus-visible:outline-2 has-focus-visible:outline-accent">
        {picture ? (
          // biome-ignore lint/performance/noImgElement: a data URL of this very page has nothing to load.
          <img
            src={picture}
            alt={t('photoTaken')}
            className="max-h-[40dvh] w-full object-contain"
          />
        ) : (
          <span className="flex flex-col items-center gap-2 p-6 text-quiet">
            <Camera aria-hidden="true" className="size-9" strokeWidth={1.75} />
            <span className="font-medium text-base text-ink">{t('takePhoto')}</span>
            <span className="text-sm">{t('photoHint')}</span>
          </span>
        )}
        <input
          type="file"
          accept="image/*"
          capture="environment"
          aria-label={t(picture ? 'takeAnother' : 'takePhoto')}
          onChange={({ target }) => void take(target.files?.[0])}
          className="absolute inset-0 size-full cursor-pointer opacity-0"
        />
      </label>
      <div role="alert">
        {unreadable && (
          <p className="mt-3 flex gap-2 rounded-control bg-bad-soft p-3 text-bad-ink text-base">
            <CircleAlert aria-hidden="true" className="mt-0.5 size-5 shrink-0" />
            {t('unreadable')}
          </p>
        )}
      </div>
    </div>
  );
}
