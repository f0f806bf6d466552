/** So many random bytes in base64. Of the web’s own crypto, which every runtime has. */
export const randomBase64 = (bytes: number): string =>
  btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(bytes))));

/** The same in letters that an address may hold. */
export const randomToken = (bytes: number): string =>
  randomBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
