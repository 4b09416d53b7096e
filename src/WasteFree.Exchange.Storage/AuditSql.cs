namespace WasteFree.Exchange.Storage;

internal sealed class AuditSql(Dialect dialect)
{
    private const string Columns = $"""
        SELECT position AS Position, recorded_at AS RecordedAt, organization AS Organization, credential AS Credential, roles AS Roles,
            action AS Action, resource AS Resource, status AS Status, reason AS Reason, owners AS Owners, rows_read AS RowsRead, calls AS Calls,
            previous_hash AS PreviousHash, salt AS Salt, hash AS Hash, {HeadRow.LedgerIdColumn}
        FROM audit
        """;

    /// <summary>Until the transaction ends nobody else appends: position order is the order of commits.</summary>
    public static readonly Query<AuditHeadRow> LockHead = new($"""
        UPDATE audit_head SET position = position WHERE id = 1;
        SELECT position AS Position, recorded_at AS RecordedAt, hash AS Hash, algorithm AS Algorithm, key_id AS KeyId, signature AS Signature,
            position AS LastEntry, {HeadRow.LedgerIdColumn}
        FROM audit_head WHERE id = 1
        """);

    public static readonly Command Insert = new("""
        INSERT INTO audit (
            position, recorded_at, organization, credential, roles, action, resource, status, reason, owners, rows_read, calls, previous_hash, salt, hash)
        VALUES (
            @Position, @RecordedAt, @Organization, @Credential, @Roles, @Action, @Resource, @Status, @Reason, @Owners, @RowsRead, @Calls, @PreviousHash, @Salt, @Hash)
        """);

    /// <summary>The last of the entries, and with it the head: others wait for it until the transaction ends.</summary>
    public static readonly Command InsertLast = new($"""
        {Insert.Text};
        UPDATE audit_head
        SET position = @Position, recorded_at = @RecordedAt, hash = @Hash, algorithm = @algorithm, key_id = @keyId, signature = @signature
        WHERE id = 1
        """);

    public static readonly Query<AuditHeadRow> SelectHead = new($"""
        SELECT position AS Position, recorded_at AS RecordedAt, hash AS Hash, algorithm AS Algorithm, key_id AS KeyId, signature AS Signature,
            (SELECT COALESCE(MAX(a.position), 0) FROM audit a) AS LastEntry, {HeadRow.LedgerIdColumn}
        FROM audit_head
        WHERE id = 1
        """);

    public Query<AuditRow> SelectAfter { get; } = new($"""
        {Columns}
        WHERE position > @after
        ORDER BY position
        {dialect.Limit("@limit")}
        """);

    public Query<AuditRow> SelectBefore { get; } = new($"""
        {Columns}
        WHERE position < @before AND position > @After
            AND (@Concerning IS NULL OR organization = @Concerning OR CONCAT(',', owners, ',') LIKE CONCAT('%,', @Concerning, ',%'))
            AND (@from IS NULL OR recorded_at >= @from) AND (@to IS NULL OR recorded_at < @to)
            AND (@Organization IS NULL OR organization = @Organization)
            AND (@Resource IS NULL OR resource = @Resource)
            AND (@Action IS NULL OR action = @Action)
        ORDER BY position DESC
        {dialect.Limit("@limit")}
        {dialect.PlanEachTime}
        """);
}
