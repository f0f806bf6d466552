import { drawSmaller } from '@/components/shared/smaller-picture';

/** The widest that a cover is shown, on a screen with two pixels to each of the page. */
const LONGEST_SIDE = 1_600;
const QUALITY = 0.82;

/** What is sent of a photo. One that this browser can't read goes as it is: the server says why not. */
export async function uploadPicture(file: File): Promise<Blob> {
  const canvas = await drawSmaller(file, LONGEST_SIDE).catch(() => null);
  if (!canvas) return file;
  return new Promise((resolve) => {
    canvas.toBlob((drawn) => resolve(drawn ?? file), 'image/jpeg', QUALITY);
  });
}
