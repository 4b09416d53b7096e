-- Who did what to what, when, and what came of it. Append-only: each entry's hash covers the one before.
CREATE TABLE audit (
    position      BIGINT        NOT NULL CONSTRAINT pk_audit PRIMARY KEY CLUSTERED,
    recorded_at   BIGINT        NOT NULL, -- microseconds since 1970-01-01T00:00:00Z
    organization  NVARCHAR(50)  COLLATE Latin1_General_100_BIN2 NOT NULL, -- '': none, or the hub itself
    credential    NVARCHAR(200) COLLATE Latin1_General_100_BIN2 NOT NULL,
    roles         NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL,
    action        NVARCHAR(100) COLLATE Latin1_General_100_BIN2 NOT NULL, -- the method
    resource      NVARCHAR(500) COLLATE Latin1_General_100_BIN2 NOT NULL, -- a report, 'catalog', the filter of a reading
    status        NVARCHAR(50)  COLLATE Latin1_General_100_BIN2 NOT NULL, -- of gRPC
    reason        NVARCHAR(50)  COLLATE Latin1_General_100_BIN2 NOT NULL,
    rows_read     BIGINT        NULL,     -- or sent, or withdrawn; NULL: not known
    calls         BIGINT        NOT NULL, -- how many it stands for
    previous_hash VARBINARY(32) NOT NULL,
    hash          VARBINARY(32) NOT NULL
);
CREATE INDEX audit_recorded_at ON audit (recorded_at);

-- The end of the audit log, signed: what is removed there is missed. Its row lock makes position order the order of commits.
CREATE TABLE audit_head (
    id          TINYINT        NOT NULL CONSTRAINT pk_audit_head PRIMARY KEY CONSTRAINT ck_audit_head CHECK (id = 1),
    position    BIGINT         NOT NULL,
    recorded_at BIGINT         NOT NULL,
    hash        VARBINARY(32)  NOT NULL,
    algorithm   NVARCHAR(50)   NULL, -- of the signature; NULL: not signed
    key_id      NVARCHAR(50)   NULL,
    signature   VARBINARY(512) NULL
);
INSERT INTO audit_head (id, position, recorded_at, hash)
VALUES (1, 0, 0, 0x0000000000000000000000000000000000000000000000000000000000000000);
