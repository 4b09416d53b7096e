-- Who did what to what, when, and what came of it. Append-only: each entry's hash covers the one before.
CREATE TABLE audit (
    position      INTEGER PRIMARY KEY,
    recorded_at   INTEGER NOT NULL, -- microseconds since 1970-01-01T00:00:00Z
    organization  TEXT    NOT NULL, -- '': none, or the hub itself
    credential    TEXT    NOT NULL,
    roles         TEXT    NOT NULL,
    action        TEXT    NOT NULL, -- the method
    resource      TEXT    NOT NULL, -- a report, 'catalog', the filter of a reading
    status        TEXT    NOT NULL, -- of gRPC
    reason        TEXT    NOT NULL,
    rows_read     INTEGER,          -- or sent, or withdrawn; NULL: not known
    calls         INTEGER NOT NULL, -- how many it stands for
    previous_hash BLOB    NOT NULL,
    hash          BLOB    NOT NULL
);
CREATE INDEX audit_recorded_at ON audit (recorded_at);

-- The end of the audit log, signed: what is removed there is missed.
CREATE TABLE audit_head (
    id          INTEGER PRIMARY KEY CHECK (id = 1),
    position    INTEGER NOT NULL,
    recorded_at INTEGER NOT NULL,
    hash        BLOB    NOT NULL,
    algorithm   TEXT, -- of the signature; NULL: not signed
    key_id      TEXT,
    signature   BLOB
);
INSERT INTO audit_head (id, position, recorded_at, hash) VALUES (1, 0, 0, zeroblob(32));
