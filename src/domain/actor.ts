/** From where a change came: a person, a machine with an API key, a part of the platform, or `psql`. */
export const SOURCES = ['app', 'key', 'platform', 'psql'] as const;
export type Source = (typeof SOURCES)[number];

/** How each source begins in the log, see `drizzle/0002_event_log.sql`. */
export const ACTOR_PREFIX = {
  app: 'user:',
  key: 'key:',
  platform: 'system:',
  psql: 'database:',
} as const satisfies Record<Source, string>;

export type ReadActor = {
  source: Source;
  /** The person's or the key's id, the part's name, or the role in the database. */
  id: string;
};

/** An actor as it stands in the log. What is not known for sure is by hand. */
export function readActor(actor: string): ReadActor {
  const source = SOURCES.find((each) => actor.startsWith(ACTOR_PREFIX[each])) ?? 'psql';
  const prefix = ACTOR_PREFIX[source];
  return { source, id: actor.startsWith(prefix) ? actor.slice(prefix.length) : actor };
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The ids of the people among these actors, each once; a name made up by hand is none. */
export const peopleAmong = (actors: Iterable<string>): string[] => {
  const read = [...actors].map(readActor);
  const ids = read.flatMap(({ source, id }) => (source === 'app' && UUID.test(id) ? [id] : []));
  return [...new Set(ids)];
};
