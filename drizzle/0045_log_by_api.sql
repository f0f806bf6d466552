-- What people's programs have changed, for the log's page.
CREATE INDEX events_by_api ON events (xid, position) WHERE via = 'api';
