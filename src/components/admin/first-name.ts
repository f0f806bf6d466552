/** What a colleague is called on the board. */
export const firstName = (name: string): string => name.split(' ')[0] ?? name;
