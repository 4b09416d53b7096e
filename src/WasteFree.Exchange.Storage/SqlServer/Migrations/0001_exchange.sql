-- The same tables as on SQLite, with the types and keys of SQL Server. Codes compare byte by byte.

-- The end of the ledger. Its row lock makes position order the order of commits.
CREATE TABLE ledger_head (
    id              TINYINT       NOT NULL CONSTRAINT pk_ledger_head PRIMARY KEY CONSTRAINT ck_ledger_head CHECK (id = 1),
    position        BIGINT        NOT NULL,
    committed_at    BIGINT        NOT NULL, -- microseconds since 1970-01-01T00:00:00Z
    catalog_version BIGINT        NOT NULL, -- position of the last catalogue load; 0: none
    entry_hash      VARBINARY(32) NOT NULL,
    ledger_id       NVARCHAR(50)  COLLATE Latin1_General_100_BIN2 NOT NULL -- random, made with the store: part of every entry
);
INSERT INTO ledger_head (id, position, committed_at, catalog_version, entry_hash, ledger_id)
VALUES (1, 0, 0, 0, 0x0000000000000000000000000000000000000000000000000000000000000000, LOWER(CONVERT(NVARCHAR(50), CRYPT_GEN_RANDOM(16), 2)));

-- Everything that can alter an answer, in the order in which it was committed, without gaps.
CREATE TABLE ledger (
    position        BIGINT         NOT NULL CONSTRAINT pk_ledger PRIMARY KEY CLUSTERED,
    committed_at    BIGINT         NOT NULL,
    kind            TINYINT        NOT NULL, -- 1 report committed, 2 report withdrawn, 3 catalogue changed, 4 report retracted
    changeset_id    BIGINT         NOT NULL CONSTRAINT uq_ledger_changeset UNIQUE,
    catalog_version BIGINT         NOT NULL, -- as of this position
    previous_hash   VARBINARY(32)  NOT NULL,
    salt            VARBINARY(32)  NOT NULL, -- random, under the hash; told to the entry's owner alone
    entry_hash      VARBINARY(32)  NOT NULL,
    algorithm       NVARCHAR(50)   NULL, -- of the signature; NULL: not signed
    key_id          NVARCHAR(50)   NULL,
    signature       VARBINARY(512) NULL
);
CREATE INDEX ledger_committed_at ON ledger (committed_at);
-- Asked with every page of rows, and nearly always empty.
CREATE INDEX ledger_retraction ON ledger (position) INCLUDE (kind) WHERE kind = 4;

-- A set of rows that becomes visible as one: an attempt to send a report, a withdrawal, a catalogue load.
-- An upload's cursor (epoch, next_offset, the states of its digests) lives here and moves in the transaction that stores its rows.
CREATE TABLE changeset (
    id              BIGINT        NOT NULL IDENTITY (1, 1) CONSTRAINT pk_changeset PRIMARY KEY CLUSTERED,
    kind            TINYINT       NOT NULL, -- as in ledger
    report_id       BIGINT        NULL,     -- NULL: a catalogue load, or a check that stores nothing
    state           TINYINT       NOT NULL, -- 1 open, 2 committed, 3 rejected, 4 dropped
    position        BIGINT        NULL,     -- NULL: not visible
    epoch           BIGINT        NOT NULL,
    writer          NVARCHAR(200) NOT NULL CONSTRAINT df_changeset_writer DEFAULT N'', -- the run of a client that opened it last
    next_offset     BIGINT        NOT NULL,
    digest_state    VARBINARY(104) NOT NULL, -- of SHA-256 over the rows as sent, a withdrawal's reason, or a load's rows
    stored_state    VARBINARY(104) NOT NULL, -- of SHA-256 over the rows as they are stored
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
    retract_changeset_id  BIGINT         NULL,
    retract_reason        NVARCHAR(1000) NOT NULL CONSTRAINT df_report_retract_reason DEFAULT N'',
    earlier_writers       NVARCHAR(4000) NOT NULL CONSTRAINT df_report_earlier_writers DEFAULT N'', -- the writers that were overtaken, joined by blanks; the last ones
    created_at            BIGINT         NOT NULL,
    CONSTRAINT uq_report UNIQUE (organization, name)
);
-- The listing of an organisation's reports, which goes backwards from the newest.
CREATE INDEX report_of_organization ON report (organization, id);

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

-- How many findings of each rule an attempt has, and how many of them are kept in finding.
CREATE TABLE finding_count (
    changeset_id BIGINT       NOT NULL,
    [rule]       NVARCHAR(50) COLLATE Latin1_General_100_BIN2 NOT NULL,
    organization NVARCHAR(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
    found        BIGINT       NOT NULL,
    kept         BIGINT       NOT NULL,
    CONSTRAINT pk_finding_count PRIMARY KEY CLUSTERED (changeset_id, [rule])
);
CREATE INDEX finding_count_kept ON finding_count (organization, changeset_id) INCLUDE (kept) WHERE kept > 0;

-- What an observation's key says beside the period, as one number.
CREATE TABLE series (
    id           BIGINT       NOT NULL IDENTITY (1, 1) CONSTRAINT pk_series PRIMARY KEY CLUSTERED,
    indicator    NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    region       NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    scope        TINYINT      NOT NULL,
    category     NVARCHAR(64) COLLATE Latin1_General_100_BIN2 NOT NULL,
    organization NVARCHAR(40) COLLATE Latin1_General_100_BIN2 NOT NULL,
    major        INT          NOT NULL, -- of the definition's version: two of one period are two values
    CONSTRAINT uq_series UNIQUE (indicator, region, scope, category, organization, major)
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
    collection_method    NVARCHAR(4000) COLLATE Latin1_General_100_BIN2 NULL,
    evidence             NVARCHAR(4000) COLLATE Latin1_General_100_BIN2 NULL,
    numerator_unit_id    BIGINT         NULL,
    denominator_unit_id  BIGINT         NULL
);
-- Finds the rows that repeated a key's value: who asserts it, also as of an earlier position.
CREATE INDEX revision_affirmed ON revision ([key]) WHERE kind = 2;
-- What is confidential, by key: asked whenever values are told, and nearly always empty.
CREATE INDEX revision_confidential ON revision ([key]) INCLUDE (confidentiality) WHERE confidentiality > 1;

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

-- Each value of a report that was retracted. The rows stay as they are; what they say is told to nobody but their sender.
CREATE TABLE retracted (
    [key]       BIGINT NOT NULL,
    revision_id BIGINT NOT NULL,
    CONSTRAINT pk_retracted PRIMARY KEY CLUSTERED ([key], revision_id)
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
    owners        NVARCHAR(4000) COLLATE Latin1_General_100_BIN2 NOT NULL, -- whose rows were read, or whose report it is: ids, separated by commas
    rows_read     BIGINT        NULL,     -- or sent, or withdrawn; NULL: not known
    calls         BIGINT        NOT NULL, -- how many it stands for
    previous_hash VARBINARY(32) NOT NULL,
    salt          VARBINARY(32) NOT NULL, -- random, under the hash
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
GO
-- A release of many rows locks each of them, about 100 bytes a lock, and never the table: readers of other organisations'
-- keys and all writers go on. Rows that are never changed are kept in compressed pages; periods that are sent again find room
-- among superseded. A server that only speaks the language has no such settings.
IF @@VERSION LIKE 'Microsoft SQL%' EXEC (N'ALTER TABLE revision SET (LOCK_ESCALATION = DISABLE)');
IF @@VERSION LIKE 'Microsoft SQL%' EXEC (N'ALTER TABLE [current] SET (LOCK_ESCALATION = DISABLE)');
IF @@VERSION LIKE 'Microsoft SQL%' EXEC (N'ALTER TABLE superseded SET (LOCK_ESCALATION = DISABLE)');
IF @@VERSION LIKE 'Microsoft SQL%' EXEC (N'ALTER TABLE finding SET (LOCK_ESCALATION = DISABLE)');
IF @@VERSION LIKE 'Microsoft SQL%' EXEC (N'ALTER INDEX pk_revision ON revision REBUILD WITH (DATA_COMPRESSION = PAGE)');
IF @@VERSION LIKE 'Microsoft SQL%' EXEC (N'ALTER INDEX pk_superseded ON superseded REBUILD WITH (DATA_COMPRESSION = PAGE, FILLFACTOR = 90)');
GO
-- For people who query with SSMS, Power BI or Excel: the current observations with readable codes and exact numbers, a view
-- for each indicator set, and a role that may read them and nothing else. What is confidential or retracted has no number here, and
-- what the hub computes on reading (a ratio from its parts) is not computed.

-- What a mantissa is multiplied by for the number of its decimals: exact, where a division would round.
CREATE VIEW decimal_factor AS
SELECT scale, CAST(factor AS DECIMAL(13, 12)) AS factor
FROM (VALUES (0, 1), (1, 0.1), (2, 0.01), (3, 0.001), (4, 0.0001), (5, 0.00001), (6, 0.000001), (7, 0.0000001), (8, 0.00000001),
    (9, 0.000000001), (10, 0.0000000001), (11, 0.00000000001), (12, 0.000000000001)) f (scale, factor);
GO
-- The row of each catalogue key that is in force.
CREATE VIEW catalog_in_force AS
SELECT r.kind, r.[key], r.content
FROM catalog_row r
JOIN changeset c ON c.id = r.changeset_id AND c.state = 2
WHERE NOT EXISTS (
    SELECT 1
    FROM catalog_row later
    JOIN changeset l ON l.id = later.changeset_id AND l.state = 2
    WHERE later.kind = r.kind AND later.[key] = r.[key] AND l.position > c.position);
GO
-- From the stored periods, which are few, to the keys of each: a condition on period or period_start bounds what is read.
CREATE VIEW observations AS
SELECT
    JSON_VALUE(i.content, '$.owner') AS indicator_set, -- nation, wanzhou, hub, or as the catalogue says
    s.indicator,
    JSON_VALUE(i.content, '$.name_zh') AS indicator_name_zh,
    JSON_VALUE(i.content, '$.name_en') AS indicator_name_en,
    CONCAT(s.major, '.', r.version_minor) AS version,
    s.region,
    JSON_VALUE(g.content, '$.name_zh') AS region_name_zh,
    CASE s.scope WHEN 1 THEN 'WHOLE' WHEN 2 THEN 'URBAN' WHEN 3 THEN 'BUILT_UP' WHEN 4 THEN 'RURAL' END AS scope,
    s.category,
    s.organization,
    CASE WHEN LOWER(JSON_VALUE(o.content, '$.illustrative')) = 'true' THEN N'示例' ELSE N'' END AS mark, -- illustrative, not real
    CASE p.frequency
        WHEN 1 THEN CONVERT(CHAR(4), p.start, 23)
        WHEN 2 THEN CONCAT(YEAR(p.start), '-S', (MONTH(p.start) + 5) / 6)
        WHEN 3 THEN CONCAT(YEAR(p.start), '-Q', (MONTH(p.start) + 2) / 3)
        WHEN 4 THEN CONVERT(CHAR(7), p.start, 23)
        WHEN 5 THEN CONCAT(YEAR(DATEADD(DAY, 3, p.start)), '-W', RIGHT(CONCAT('0', DATEPART(ISO_WEEK, p.start)), 2))
        WHEN 6 THEN CONVERT(CHAR(10), p.start, 23)
    END AS period,
    p.start AS period_start,
    CASE WHEN r.confidentiality = 1 AND q.retract_changeset_id IS NULL THEN CAST(r.value_mantissa AS DECIMAL(19, 0)) * vf.factor END AS value,
    CASE WHEN r.confidentiality = 1 AND q.retract_changeset_id IS NULL THEN CAST(r.numerator_mantissa AS DECIMAL(19, 0)) * nf.factor END AS numerator,
    CASE WHEN r.confidentiality = 1 AND q.retract_changeset_id IS NULL THEN nu.code END AS numerator_unit,
    CASE WHEN r.confidentiality = 1 AND q.retract_changeset_id IS NULL THEN CAST(r.denominator_mantissa AS DECIMAL(19, 0)) * df.factor END AS denominator,
    CASE WHEN r.confidentiality = 1 AND q.retract_changeset_id IS NULL THEN du.code END AS denominator_unit,
    u.code AS unit, -- of the value, UCUM
    RTRIM(CONCAT(
        CASE WHEN r.status & 524288 <> 0 THEN 'A ' END, CASE WHEN r.status & 1 <> 0 THEN 'B ' END, CASE WHEN r.status & 256 <> 0 THEN 'D ' END,
        CASE WHEN r.status & 8192 <> 0 THEN 'E ' END, CASE WHEN r.status & 4096 <> 0 THEN 'F ' END, CASE WHEN r.status & 262144 <> 0 THEN 'G ' END,
        CASE WHEN r.status & 16 <> 0 THEN 'H ' END, CASE WHEN r.status & 2048 <> 0 THEN 'I ' END, CASE WHEN r.status & 64 <> 0 THEN 'J ' END,
        CASE WHEN r.status & 512 <> 0 THEN 'K ' END, CASE WHEN r.status & 8 <> 0 THEN 'L ' END, CASE WHEN r.status & 4 <> 0 THEN 'M ' END,
        CASE WHEN r.status & 32768 <> 0 THEN 'N ' END, CASE WHEN r.status & 2 <> 0 THEN 'O ' END, CASE WHEN r.status & 16384 <> 0 THEN 'P ' END,
        CASE WHEN r.status & 32 <> 0 THEN 'Q ' END, CASE WHEN r.status & 128 <> 0 THEN 'S ' END, CASE WHEN r.status & 65536 <> 0 THEN 'U ' END,
        CASE WHEN r.status & 131072 <> 0 THEN 'V ' END, CASE WHEN r.status & 1024 <> 0 THEN 'W ' END)) AS status, -- SDMX CL_OBS_STATUS
    CASE WHEN r.confidentiality = 1 AND q.retract_changeset_id IS NOT NULL THEN 'S' ELSE
        CASE r.confidentiality WHEN 1 THEN 'F' WHEN 2 THEN 'N' WHEN 3 THEN 'C' WHEN 4 THEN 'D' WHEN 5 THEN 'S' END END AS confidentiality,
    CASE WHEN r.confidentiality = 1 AND q.retract_changeset_id IS NULL THEN r.note END AS note,
    t.position,
    -- UTC. In days and seconds of the day: as seconds alone it would end in 2038.
    DATEADD(SECOND, CAST(l.committed_at / 1000000 % 86400 AS INT),
        DATEADD(DAY, CAST(l.committed_at / CAST(86400000000 AS BIGINT) AS INT), CAST('1970-01-01T00:00:00' AS DATETIME2(0)))) AS committed_at,
    CONCAT('organizations/', q.organization, '/reports/', q.name) AS report,
    -- The last report that repeated the value, which asserts it; NULL: nobody repeated it.
    CASE WHEN c.asserted_id <> c.revision_id THEN CONCAT('organizations/', e.organization, '/reports/', e.name) END AS affirmed_report
FROM (
    SELECT number, number % 8 AS frequency,
        CAST(DATEADD(DAY, CAST(number / 8 AS INT) - 693595, CAST('1900-01-01' AS DATE)) AS DATE) AS start -- days are counted from 0001-01-01
    FROM period
) p
JOIN [current] c ON c.[key] BETWEEN p.number * CAST(274877906944 AS BIGINT) AND p.number * CAST(274877906944 AS BIGINT) + CAST(274877906943 AS BIGINT)
JOIN revision r ON r.id = c.revision_id AND r.kind = 0
JOIN series s ON s.id = c.[key] % CAST(274877906944 AS BIGINT)
JOIN changeset t ON t.id = r.id / CAST(4294967296 AS BIGINT)
JOIN ledger l ON l.position = t.position
JOIN report q ON q.id = t.report_id
JOIN changeset d ON d.id = c.asserted_id / CAST(4294967296 AS BIGINT)
JOIN report e ON e.id = d.report_id
JOIN unit u ON u.id = r.unit_id
LEFT JOIN unit nu ON nu.id = r.numerator_unit_id
LEFT JOIN unit du ON du.id = r.denominator_unit_id
LEFT JOIN decimal_factor vf ON vf.scale = r.value_scale
LEFT JOIN decimal_factor nf ON nf.scale = r.numerator_scale
LEFT JOIN decimal_factor df ON df.scale = r.denominator_scale
LEFT JOIN catalog_in_force i ON i.kind = 'indicators' AND i.[key] = CONCAT(s.indicator, CHAR(9), s.major, '.', r.version_minor)
LEFT JOIN catalog_in_force g ON g.kind = 'regions' AND g.[key] = s.region
LEFT JOIN catalog_in_force o ON o.kind = 'organizations' AND o.[key] = s.organization;
GO
CREATE VIEW observations_nation AS SELECT * FROM observations WHERE indicator_set = 'nation';
GO
CREATE VIEW observations_wanzhou AS SELECT * FROM observations WHERE indicator_set = 'wanzhou';
GO
CREATE VIEW observations_hub AS SELECT * FROM observations WHERE indicator_set = 'hub';
GO
CREATE ROLE wastefree_reader;
GO
GRANT SELECT ON observations TO wastefree_reader;
GRANT SELECT ON observations_nation TO wastefree_reader;
GRANT SELECT ON observations_wanzhou TO wastefree_reader;
GRANT SELECT ON observations_hub TO wastefree_reader;
