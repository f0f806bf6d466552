/** What people who don't know each other call somebody. */
export const firstName = (name: string): string => name.split(' ')[0] ?? name;
