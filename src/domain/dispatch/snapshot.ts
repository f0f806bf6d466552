/**
 * What the batch planner is shown. Times are seconds on one clock, distances metres. `Place` is the caller's:
 * the planner only hands places to the caller's own measures.
 */
export type DispatchSnapshot<Place> = {
  deliveries: readonly OpenDelivery<Place>[];
  drivers: readonly DispatchDriver<Place>[];
  /** Where orders are to be expected, and how many in the next hour or so, judged by those before. */
  demand: readonly { place: Place; expectedOrders: number }[];
  services: Services;
  travelSeconds: (from: Place, to: Place) => number;
  distanceM: (from: Place, to: Place) => number;
};

/** What stopping takes, seconds: between arriving and having the food, having it and leaving, … */
export type Services = {
  beforePickup: number;
  afterPickup: number;
  beforeDropoff: number;
  afterDropoff: number;
};

/** A delivery that nobody has said yes to, and nobody is being asked about. */
export type OpenDelivery<Place> = {
  id: string;
  pickupId: string;
  pickup: Place;
  dropoff: Place;
  placedAt: number;
  /** When it can be picked up, as far as is known. */
  readyAt: number;
  /** Rounds of its search that found nobody, so far. */
  emptyRounds: number;
  /** Drivers who said no in this search. */
  declinedBy: ReadonlySet<string>;
  /** Drivers who let an offer run out in this round of the search. */
  unansweredBy: ReadonlySet<string>;
};

export type DispatchDriver<Place> = {
  id: string;
  /** Where they are, or where what they carry will have taken them. */
  place: Place;
  /** When they are free; not later than now for who is idle. */
  freeAt: number;
  /** Last moment for a pickup; null: none is known. */
  offAt: number | null;
  positionAgeSeconds: number;
  /** Deliveries that they have accepted and not yet handed over. */
  load: number;
  /** How many they can carry at once; absent: as many as the policy says. */
  capacity?: number;
  /** Offers that they have not answered yet. */
  pendingOffers: number;
  /** Share of their last offers that they refused or let run out, 0 to 1. */
  refusalShare: number;
  /** Since when they have had nothing to do; null while busy. */
  idleSince: number | null;
};
