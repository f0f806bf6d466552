-- What changed at restaurants after a place in the log, for pages that come back or have just opened.
CREATE INDEX events_restaurants ON events (xid, position) WHERE stream = 'restaurant';
