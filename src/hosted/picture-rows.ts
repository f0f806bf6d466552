import type { Database } from '@/db/client';
import { getPicture, putPicture, removePicture } from '@/db/queries/pictures';
import type { PictureStore } from '@/services/picture-store';

/** Pictures as rows: the only place that every function reaches. */
export const pictureRows = (db: Database): PictureStore => ({
  put: (key, bytes) => putPicture(db, key, bytes),
  get: (key) => getPicture(db, key),
  remove: (key) => removePicture(db, key),
});
