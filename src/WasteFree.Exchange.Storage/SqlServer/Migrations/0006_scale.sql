-- For stores of many rows: locks, pages and orders that one does not notice on a small one.

-- The listing of an organisation's reports, which goes backwards from the newest.
CREATE INDEX report_of_organization ON report (organization, id);
GO
-- A sweep that met another one may have left rows behind.
UPDATE changeset SET swept = 0
WHERE state IN (3, 4) AND swept = 1 AND EXISTS (
    SELECT 1 FROM revision r WHERE r.id BETWEEN changeset.id * CAST(4294967296 AS BIGINT) AND changeset.id * CAST(4294967296 AS BIGINT) + CAST(4294967295 AS BIGINT));
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
-- From the stored periods, which are few, to the keys of each: a condition on period or period_start bounds what is read.
ALTER VIEW observations AS
SELECT
    JSON_VALUE(i.content, '$.owner') AS indicator_set, -- nation, wanzhou, hub, or as the catalogue says
    s.indicator,
    JSON_VALUE(i.content, '$.name_zh') AS indicator_name_zh,
    JSON_VALUE(i.content, '$.name_en') AS indicator_name_en,
    CONCAT(r.version_major, '.', r.version_minor) AS version,
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
    CASE WHEN r.confidentiality = 1 THEN CAST(r.value_mantissa AS DECIMAL(19, 0)) * vf.factor END AS value,
    CASE WHEN r.confidentiality = 1 THEN CAST(r.numerator_mantissa AS DECIMAL(19, 0)) * nf.factor END AS numerator,
    CASE WHEN r.confidentiality = 1 THEN CAST(r.denominator_mantissa AS DECIMAL(19, 0)) * df.factor END AS denominator,
    u.code AS unit, -- of the value, UCUM
    RTRIM(CONCAT(
        CASE WHEN r.status & 524288 <> 0 THEN 'A ' END, CASE WHEN r.status & 1 <> 0 THEN 'B ' END, CASE WHEN r.status & 256 <> 0 THEN 'D ' END,
        CASE WHEN r.status & 8192 <> 0 THEN 'E ' END, CASE WHEN r.status & 4096 <> 0 THEN 'F ' END, CASE WHEN r.status & 262144 <> 0 THEN 'G ' END,
        CASE WHEN r.status & 16 <> 0 THEN 'H ' END, CASE WHEN r.status & 2048 <> 0 THEN 'I ' END, CASE WHEN r.status & 64 <> 0 THEN 'J ' END,
        CASE WHEN r.status & 512 <> 0 THEN 'K ' END, CASE WHEN r.status & 8 <> 0 THEN 'L ' END, CASE WHEN r.status & 4 <> 0 THEN 'M ' END,
        CASE WHEN r.status & 32768 <> 0 THEN 'N ' END, CASE WHEN r.status & 2 <> 0 THEN 'O ' END, CASE WHEN r.status & 16384 <> 0 THEN 'P ' END,
        CASE WHEN r.status & 32 <> 0 THEN 'Q ' END, CASE WHEN r.status & 128 <> 0 THEN 'S ' END, CASE WHEN r.status & 65536 <> 0 THEN 'U ' END,
        CASE WHEN r.status & 131072 <> 0 THEN 'V ' END, CASE WHEN r.status & 1024 <> 0 THEN 'W ' END)) AS status, -- SDMX CL_OBS_STATUS
    CASE r.confidentiality WHEN 1 THEN 'F' WHEN 2 THEN 'N' WHEN 3 THEN 'C' WHEN 4 THEN 'D' WHEN 5 THEN 'S' END AS confidentiality,
    CASE WHEN r.confidentiality = 1 THEN r.note END AS note,
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
LEFT JOIN decimal_factor vf ON vf.scale = r.value_scale
LEFT JOIN decimal_factor nf ON nf.scale = r.numerator_scale
LEFT JOIN decimal_factor df ON df.scale = r.denominator_scale
LEFT JOIN catalog_in_force i ON i.kind = 'indicators' AND i.[key] = CONCAT(s.indicator, CHAR(9), r.version_major, '.', r.version_minor)
LEFT JOIN catalog_in_force g ON g.kind = 'regions' AND g.[key] = s.region
LEFT JOIN catalog_in_force o ON o.kind = 'organizations' AND o.[key] = s.organization;
