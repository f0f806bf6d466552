/** Where the bytes of pictures lie; keys are ids of ours, never what somebody typed. */
export type PictureStore = {
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** Null when there is nothing under this key. */
  get(key: string): Promise<Uint8Array | null>;
  remove(key: string): Promise<void>;
};
