import { drawSmaller } from '@/components/shared/smaller-picture';

/** The longer side of a photo as it is sent, pixels: enough to make out a door. */
const LONGEST_SIDE = 1_280;
const QUALITY = 0.7;

/** A photo as it is kept until it is sent: a data URL. */
export async function shrinkPhoto(file: File): Promise<string> {
  return (await drawSmaller(file, LONGEST_SIDE)).toDataURL('image/jpeg', QUALITY);
}
