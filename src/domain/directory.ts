/** Who and what there is to find on the board beside its orders, by name. */
export type Directory = {
  zones: { id: string; name: string }[];
  restaurants: { id: string; name: string; slug: string; zoneId: string }[];
  /** All of them, on duty or not. */
  drivers: { id: string; name: string; zoneId: string }[];
};
