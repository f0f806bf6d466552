/** An address that looks like one; whether it is one, the server and its owner know. */
export const emailRule = (message: string) => ({
  required: message,
  pattern: { value: /^[^\s@]+@[^\s@]+\.[^\s@]+$/, message },
});
