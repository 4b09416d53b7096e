-- The same tables as on SQLite, with the types and keys of SQL Server. Codes compare byte by byte.

-- The end of the ledger. Its row lock makes position order the order of commits.
CREATE TABLE ledger_head (
    id              TINYINT       NOT NULL CONSTRAINT pk_ledger_head PRIMARY KEY CONSTRAINT ck_ledger_head CHECK (id = 1),
    position        BIGINT        NOT NULL,
    committed_at    BIGINT        NOT NULL, -- microseconds since 1970-01-01T00:00:00Z
    catalog_version BIGINT        NOT NULL, -- position of the last catalogue load; 0: none
    entry_hash      VARBINARY(32) NOT NULL
);
INSERT INTO ledger_head (id, position, committed_at, catalog_version, entry_hash)
VALUES (1, 0, 0, 0, 0x0000000000000000000000000000000000000000000000000000000000000000);

-- Everything that can alter an answer, in the order in which it was committed, without gaps.
CREATE TABLE ledger (
    position        BIGINT         NOT NULL CONSTRAINT pk_ledger PRIMARY KEY CLUSTERED,
    committed_at    BIGINT         NOT NULL,
    kind            TINYINT        NOT NULL, -- 1 report committed, 2 report withdrawn, 3 catalogue changed
    changeset_id    BIGINT         NOT NULL CONSTRAINT uq_ledger_changeset UNIQUE,
    catalog_version BIGINT         NOT NULL, -- as of this position
    previous_hash   VARBINARY(32)  NOT NULL,
    entry_hash      VARBINARY(32)  NOT NULL,
    algorithm       NVARCHAR(50)   NULL, -- of the signature; NULL: not signed
    key_id          NVARCHAR(50)   NULL,
    signature       VARBINARY(512) NULL
);
CREATE INDEX ledger_committed_at ON ledger (committed_at);

-- A set of rows that becomes visible as one: an attempt to send a report, a withdrawal, a catalogue load.
-- An upload's cursor (epoch, next_offset, digest) lives here and moves in the transaction that stores its rows.
CREATE TABLE changeset (
    id              BIGINT        NOT NULL IDENTITY (1, 1) CONSTRAINT pk_changeset PRIMARY KEY CLUSTERED,
    kind            TINYINT       NOT NULL, -- as in ledger
    report_id       BIGINT        NULL,     -- NULL: a catalogue load, or a check that stores nothing
    state           TINYINT       NOT NULL, -- 1 open, 2 committed, 3 rejected, 4 dropped
    position        BIGINT        NULL,     -- NULL: not visible
    epoch           BIGINT        NOT NULL,
    writer          NVARCHAR(200) NOT NULL CONSTRAINT df_changeset_writer DEFAULT N'', -- the run of a client that opened it last
    next_offset     BIGINT        NOT NULL,
    digest          VARBINARY(32) NOT NULL,
    row_policy      TINYINT       NOT NULL, -- 1 reject the report, 2 quarantine rows
    catalog_version BIGINT        NOT NULL, -- the rows are checked against it
    created_at      BIGINT        NOT NULL,
    touched_at      BIGINT        NOT NULL, -- last Open or chunk
    rejected        BIGINT        NOT NULL CONSTRAINT df_changeset_rejected DEFAULT 0,
    created         BIGINT        NOT NULL CONSTRAINT df_changeset_created DEFAULT 0,
    revised         BIGINT        NOT NULL CONSTRAINT df_changeset_revised DEFAULT 0,
    unchanged       BIGINT        NOT NULL CONSTRAINT df_changeset_unchanged DEFAULT 0,
    duplicate       BIGINT        NOT NULL CONSTRAINT df_changeset_duplicate DEFAULT 0,
    findings        BIGINT        NOT NULL CONSTRAINT df_changeset_findings DEFAULT 0,
    swept           TINYINT       NOT NULL CONSTRAINT df_changeset_swept DEFAULT 0 -- 1: the rows of a rejected or dropped attempt are gone
);
CREATE INDEX changeset_open ON changeset (touched_at) WHERE state = 1;
CREATE INDEX changeset_to_sweep ON changeset (id) INCLUDE (state) WHERE state IN (3, 4) AND swept = 0;

CREATE TABLE report (
    id                    BIGINT         NOT NULL IDENTITY (1, 1) CONSTRAINT pk_report PRIMARY KEY CLUSTERED,
    organization          NVARCHAR(40)   COLLATE Latin1_General_100_BIN2 NOT NULL,
    name                  NVARCHAR(100)  COLLATE Latin1_General_100_BIN2 NOT NULL,
    state                 TINYINT        NOT NULL, -- 1 open, 2 committed, 3 rejected, 4 withdrawn, 5 aborted
    changeset_id          BIGINT         NOT NULL, -- the last attempt
    withdraw_changeset_id BIGINT         NULL,
    withdraw_reason       NVARCHAR(1000) NOT NULL CONSTRAINT df_report_withdraw_reason DEFAULT N'',
    created_at            BIGINT         NOT NULL,
    CONSTRAINT uq_report UNIQUE (organization, name)
);

CREATE TABLE finding (
    changeset_id BIGINT        NOT NULL,
    sequence     BIGINT        NOT NULL, -- (row + 1) * 256 + number within the row; row -1 is the report
    [rule]       NVARCHAR(50)  NOT NULL,
    severity     TINYINT       NOT NULL,
    field        NVARCHAR(100) NOT NULL,
    observed     NVARCHAR(MAX) NOT NULL,
    expected     NVARCHAR(MAX) NOT NULL,
    tolerance    NVARCHAR(MAX) NOT NULL,
    message_zh   NVARCHAR(MAX) NOT NULL,
    message_en   NVARCHAR(MAX) NOT NULL,
    fingerprint  NVARCHAR(50)  NOT NULL,
    CONSTRAINT pk_finding PRIMARY KEY CLUSTERED (changeset_id, sequence)
);

-- What an observation's key says beside the period, as one number.
CREATE TABLE series (
    id           BIGINT       NOT NULL IDENTITY (1, 1) CONSTRAINT pk_series PRIMARY KEY CLUSTERED,
    indicator    NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    region       NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    scope        TINYINT      NOT NULL,
    category     NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    organization NVARCHAR(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
    CONSTRAINT uq_series UNIQUE (indicator, region, scope, category, organization)
);

-- Every period that a row ever named: period number = first day * 8 + frequency.
CREATE TABLE period (number BIGINT NOT NULL CONSTRAINT pk_period PRIMARY KEY CLUSTERED);

CREATE TABLE unit (
    id   BIGINT        NOT NULL IDENTITY (1, 1) CONSTRAINT pk_unit PRIMARY KEY CLUSTERED,
    code NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL CONSTRAINT uq_unit UNIQUE
);

-- Append-only. A row carries its changeset, never a position: it is visible from the changeset's position on.
CREATE TABLE revision (
    id                   BIGINT         NOT NULL CONSTRAINT pk_revision PRIMARY KEY CLUSTERED, -- changeset id * 2^32 + offset of the row
    [key]                BIGINT         NOT NULL, -- period number * 2^38 + series id
    kind                 TINYINT        NOT NULL, -- 0 value, 1 tombstone, 2 affirmation of the current value, 3 repeated row
    version_major        INT            NOT NULL,
    version_minor        INT            NOT NULL,
    value_mantissa       BIGINT         NULL,
    value_scale          TINYINT        NULL,
    numerator_mantissa   BIGINT         NULL,
    numerator_scale      TINYINT        NULL,
    denominator_mantissa BIGINT         NULL,
    denominator_scale    TINYINT        NULL,
    unit_id              BIGINT         NOT NULL,
    status               INT            NOT NULL,
    confidentiality      TINYINT        NOT NULL,
    note                 NVARCHAR(4000) COLLATE Latin1_General_100_BIN2 NULL,
    method               NVARCHAR(4000) COLLATE Latin1_General_100_BIN2 NULL,
    evidence             NVARCHAR(4000) COLLATE Latin1_General_100_BIN2 NULL
);

-- The latest visible revision of each key, tombstones included, and the last row that asserted it.
CREATE TABLE [current] (
    [key]       BIGINT NOT NULL CONSTRAINT pk_current PRIMARY KEY CLUSTERED,
    revision_id BIGINT NOT NULL,
    asserted_id BIGINT NOT NULL
);

-- Each revision that another one replaced: it was the value of its key from its own position to that of by_id.
CREATE TABLE superseded (
    [key]       BIGINT NOT NULL,
    by_id       BIGINT NOT NULL,
    revision_id BIGINT NOT NULL,
    CONSTRAINT pk_superseded PRIMARY KEY CLUSTERED ([key], by_id)
);

-- The rows of all catalogue loads; the latest visible one of each key is in force.
CREATE TABLE catalog_row (
    kind         NVARCHAR(40)  COLLATE Latin1_General_100_BIN2 NOT NULL,
    [key]        NVARCHAR(400) COLLATE Latin1_General_100_BIN2 NOT NULL,
    changeset_id BIGINT        NOT NULL,
    content      NVARCHAR(MAX) NOT NULL,
    CONSTRAINT pk_catalog_row PRIMARY KEY CLUSTERED (kind, [key], changeset_id)
);

-- Keys that all hubs on this store share, for example to seal resume tokens.
CREATE TABLE store_key (
    name  NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL CONSTRAINT pk_store_key PRIMARY KEY CLUSTERED,
    value VARBINARY(64) NOT NULL
);
