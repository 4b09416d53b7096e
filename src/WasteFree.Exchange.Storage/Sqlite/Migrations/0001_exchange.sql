-- The end of the ledger. Its row lock makes position order the order of commits.
CREATE TABLE ledger_head (
    id              INTEGER PRIMARY KEY CHECK (id = 1),
    position        INTEGER NOT NULL,
    committed_at    INTEGER NOT NULL, -- microseconds since 1970-01-01T00:00:00Z
    catalog_version INTEGER NOT NULL, -- position of the last catalogue load; 0: none
    entry_hash      BLOB    NOT NULL,
    ledger_id       TEXT    NOT NULL  -- random, made with the store: part of every entry
);
INSERT INTO ledger_head (id, position, committed_at, catalog_version, entry_hash, ledger_id)
VALUES (1, 0, 0, 0, zeroblob(32), lower(hex(randomblob(16))));

-- Everything that can alter an answer, in the order in which it was committed, without gaps.
CREATE TABLE ledger (
    position        INTEGER PRIMARY KEY,
    committed_at    INTEGER NOT NULL,
    kind            INTEGER NOT NULL, -- 1 report committed, 2 report withdrawn, 3 catalogue changed, 4 report retracted
    changeset_id    INTEGER NOT NULL UNIQUE,
    catalog_version INTEGER NOT NULL, -- as of this position
    previous_hash   BLOB    NOT NULL,
    salt            BLOB    NOT NULL, -- random, under the hash; told to the entry's owner alone
    entry_hash      BLOB    NOT NULL,
    algorithm       TEXT    NULL, -- of the signature; NULL: not signed
    key_id          TEXT    NULL,
    signature       BLOB    NULL
);
CREATE INDEX ledger_committed_at ON ledger (committed_at);
-- Asked with every page of rows, and nearly always empty.
CREATE INDEX ledger_retraction ON ledger (position) WHERE kind = 4;

-- A set of rows that becomes visible as one: an attempt to send a report, a withdrawal, a catalogue load.
-- An upload's cursor (epoch, next_offset, the states of its digests) lives here and moves in the transaction that stores its rows.
CREATE TABLE changeset (
    id              INTEGER PRIMARY KEY,
    kind            INTEGER NOT NULL, -- as in ledger
    report_id       INTEGER NULL,     -- NULL: a catalogue load, or a check that stores nothing
    state           INTEGER NOT NULL, -- 1 open, 2 committed, 3 rejected, 4 dropped
    position        INTEGER NULL,     -- NULL: not visible
    epoch           INTEGER NOT NULL,
    writer          TEXT    NOT NULL DEFAULT '', -- the run of a client that opened it last
    next_offset     INTEGER NOT NULL,
    digest_state    BLOB    NOT NULL, -- of SHA-256 over the rows as sent, a withdrawal's reason, or a load's rows
    stored_state    BLOB    NOT NULL, -- of SHA-256 over the rows as they are stored
    row_policy      INTEGER NOT NULL, -- 1 reject the report, 2 quarantine rows
    catalog_version INTEGER NOT NULL, -- the rows are checked against it
    created_at      INTEGER NOT NULL,
    touched_at      INTEGER NOT NULL, -- last Open or chunk
    rejected        INTEGER NOT NULL DEFAULT 0,
    created         INTEGER NOT NULL DEFAULT 0,
    revised         INTEGER NOT NULL DEFAULT 0,
    unchanged       INTEGER NOT NULL DEFAULT 0,
    duplicate       INTEGER NOT NULL DEFAULT 0,
    findings        INTEGER NOT NULL DEFAULT 0,
    swept           INTEGER NOT NULL DEFAULT 0 -- 1: the rows of a rejected or dropped attempt are gone
);
CREATE INDEX changeset_open ON changeset (touched_at) WHERE state = 1;
CREATE INDEX changeset_to_sweep ON changeset (id) WHERE state IN (3, 4) AND swept = 0;

CREATE TABLE report (
    id                    INTEGER PRIMARY KEY,
    organization          TEXT    NOT NULL,
    name                  TEXT    NOT NULL,
    state                 INTEGER NOT NULL, -- 1 open, 2 committed, 3 rejected, 4 withdrawn, 5 aborted
    changeset_id          INTEGER NOT NULL, -- the last attempt
    withdraw_changeset_id INTEGER NULL,
    withdraw_reason       TEXT    NOT NULL DEFAULT '',
    retract_changeset_id  INTEGER NULL,
    retract_reason        TEXT    NOT NULL DEFAULT '',
    earlier_writers       TEXT    NOT NULL DEFAULT '', -- the writers that were overtaken, joined by blanks; the last ones
    created_at            INTEGER NOT NULL,
    UNIQUE (organization, name)
);

CREATE TABLE finding (
    changeset_id INTEGER NOT NULL,
    sequence     INTEGER NOT NULL, -- (row + 1) * 256 + number within the row; row -1 is the report
    rule         TEXT    NOT NULL,
    severity     INTEGER NOT NULL,
    field        TEXT    NOT NULL,
    observed     TEXT    NOT NULL,
    expected     TEXT    NOT NULL,
    tolerance    TEXT    NOT NULL,
    message_zh   TEXT    NOT NULL,
    message_en   TEXT    NOT NULL,
    fingerprint  TEXT    NOT NULL,
    PRIMARY KEY (changeset_id, sequence)
) WITHOUT ROWID;

-- How many findings of each rule an attempt has, and how many of them are kept in finding.
CREATE TABLE finding_count (
    changeset_id INTEGER NOT NULL,
    rule         TEXT    NOT NULL,
    organization TEXT    NOT NULL,
    found        INTEGER NOT NULL,
    kept         INTEGER NOT NULL,
    PRIMARY KEY (changeset_id, rule)
) WITHOUT ROWID;
CREATE INDEX finding_count_kept ON finding_count (organization, changeset_id, kept) WHERE kept > 0;

-- What an observation's key says beside the period, as one number.
CREATE TABLE series (
    id           INTEGER PRIMARY KEY,
    indicator    TEXT    NOT NULL,
    region       TEXT    NOT NULL,
    scope        INTEGER NOT NULL,
    category     TEXT    NOT NULL,
    organization TEXT    NOT NULL,
    major        INTEGER NOT NULL, -- of the definition's version: two of one period are two values
    UNIQUE (indicator, region, scope, category, organization, major)
);

-- Every period that a row ever named: period number = first day * 8 + frequency.
CREATE TABLE period (number INTEGER PRIMARY KEY);

CREATE TABLE unit (
    id   INTEGER PRIMARY KEY,
    code TEXT    NOT NULL UNIQUE
);

-- Append-only. A row carries its changeset, never a position: it is visible from the changeset's position on.
CREATE TABLE revision (
    id                   INTEGER PRIMARY KEY, -- changeset id * 2^32 + offset of the row
    key                  INTEGER NOT NULL,    -- period number * 2^38 + series id
    kind                 INTEGER NOT NULL,    -- 0 value, 1 tombstone, 2 affirmation of the current value, 3 repeated row
    version_minor        INTEGER NOT NULL,
    value_mantissa       INTEGER NULL,
    value_scale          INTEGER NULL,
    numerator_mantissa   INTEGER NULL,
    numerator_scale      INTEGER NULL,
    denominator_mantissa INTEGER NULL,
    denominator_scale    INTEGER NULL,
    unit_id              INTEGER NOT NULL,
    status               INTEGER NOT NULL,
    confidentiality      INTEGER NOT NULL,
    note                 TEXT    NULL,
    collection_method    TEXT    NULL,
    evidence             TEXT    NULL,
    numerator_unit_id    INTEGER NULL,
    denominator_unit_id  INTEGER NULL
);
-- Finds the rows that repeated a key's value: who asserts it, also as of an earlier position.
CREATE INDEX revision_affirmed ON revision (key) WHERE kind = 2;
-- What is confidential, by key: asked whenever values are told, and nearly always empty.
CREATE INDEX revision_confidential ON revision (key) WHERE confidentiality > 1;

-- The latest visible revision of each key, tombstones included, and the last row that asserted it.
CREATE TABLE current (
    key         INTEGER PRIMARY KEY,
    revision_id INTEGER NOT NULL,
    asserted_id INTEGER NOT NULL
);

-- Each revision that another one replaced: it was the value of its key from its own position to that of by_id.
CREATE TABLE superseded (
    key         INTEGER NOT NULL,
    by_id       INTEGER NOT NULL,
    revision_id INTEGER NOT NULL,
    PRIMARY KEY (key, by_id)
) WITHOUT ROWID;

-- Each value of a report that was retracted. The rows stay as they are; what they say is told to nobody but their sender.
CREATE TABLE retracted (
    key         INTEGER NOT NULL,
    revision_id INTEGER NOT NULL,
    PRIMARY KEY (key, revision_id)
) WITHOUT ROWID;

-- The rows of all catalogue loads; the latest visible one of each key is in force.
CREATE TABLE catalog_row (
    kind         TEXT    NOT NULL,
    key          TEXT    NOT NULL,
    changeset_id INTEGER NOT NULL,
    content      TEXT    NOT NULL,
    PRIMARY KEY (kind, key, changeset_id)
) WITHOUT ROWID;

-- Keys that all hubs on this store share, for example to seal resume tokens.
CREATE TABLE store_key (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL
) WITHOUT ROWID;

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
    owners        TEXT    NOT NULL, -- whose rows were read, or whose report it is: ids, separated by commas
    rows_read     INTEGER,          -- or sent, or withdrawn; NULL: not known
    calls         INTEGER NOT NULL, -- how many it stands for
    previous_hash BLOB    NOT NULL,
    salt          BLOB    NOT NULL, -- random, under the hash
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
