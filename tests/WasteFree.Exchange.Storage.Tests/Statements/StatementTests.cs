using System.Text.RegularExpressions;
using Microsoft.SqlServer.Dac.Model;
using Microsoft.SqlServer.TransactSql.ScriptDom;
using WasteFree.Exchange.Storage.Copying;
using WasteFree.Exchange.Storage.Sqlite;
using WasteFree.Exchange.Storage.SqlServer;

namespace WasteFree.Exchange.Storage.Tests.Statements;

/// <summary>What the store says to SQL Server, checked where there is none: syntax, names, columns and parameters.</summary>
public sealed partial class StatementTests
{
    private static readonly IReadOnlyList<SqlStatement> All = SqlStatement.AllOf(SqlServerDialect.Instance);

    private static IEnumerable<string> Migrations => SqlServerMigrations.Embedded.All.Select(migration => migration.ReadText());

    [Fact]
    public void Every_statement_is_among_those_that_are_checked()
    {
        // A statement that is neither a constant nor gathered would go unchecked.
        Assert.Equal(SqlStatement.Holders.Order(ByName), SqlStatement.Parts.Order(ByName));
        Assert.InRange(All.Count, 100, 1_000);
    }

    [Fact]
    public void Every_statement_and_migration_is_read_by_the_parsers_of_2019_and_2022()
    {
        var texts = All.Select(statement => (statement.Name, statement.Text))
            .Concat(CopyTable.All.SelectMany(table => new[] { (table.Name, table.Select), (table.Name, table.Count) }))
            .Concat(Migrations.Select((text, number) => ($"migration {number + 1}", text)));
        Assert.Empty(from text in texts from parser in TransactSql.Parsers from fault in TransactSql.FaultsOf(text.Item2, parser) select $"{text.Item1} {fault}");
    }

    [Theory]
    [InlineData("SELECT FROM report")]
    [InlineData("SELECT a FROM b LIMIT 1")]
    [InlineData("INSERT INTO a (b) VALUES (1) RETURNING b")]
    [InlineData("SELECT a FROM b ORDER BY a OFFSET 0 ROWS FETCH 1 ROWS")]
    public void The_parsers_refuse_what_is_no_statement(string text) =>
        Assert.All(TransactSql.Parsers, parser => Assert.NotEmpty(TransactSql.FaultsOf(text, parser)));

    [Theory]
    [InlineData(SqlServerVersion.Sql150)]
    [InlineData(SqlServerVersion.Sql160)]
    public void Every_table_column_and_type_that_is_named_is_there(SqlServerVersion version)
    {
        using var model = SchemaModel.Of(version, Migrations);
        foreach (var statement in All.Where(statement => IsOfProcedures(statement.Text))) model.Add(statement.Name, statement.Text);
        foreach (var table in CopyTable.All) model.Add($"copy of {table.Name}", table.Select);
        Assert.Empty(model.Faults());
    }

    [Theory]
    [InlineData("SELECT positon FROM ledger_head")]
    [InlineData("SELECT position FROM ledger_tail")]
    [InlineData("UPDATE report SET stat = 1 WHERE id = @id")]
    [InlineData("INSERT INTO unit (id, name) VALUES (1, @name)")]
    [InlineData("SELECT r.id FROM report r JOIN changeset c ON c.id = r.changeset WHERE r.name = @name")]
    public void The_model_finds_what_is_not_there(string statement)
    {
        using var model = SchemaModel.Of(SqlServerVersion.Sql160, Migrations);
        model.Add("wrong", statement);
        Assert.NotEmpty(model.Faults());
    }

    [Fact]
    public void The_model_finds_a_type_that_is_not_there()
    {
        using var model = SchemaModel.Of(SqlServerVersion.Sql160, Migrations.Append("CREATE TABLE extra (id BIGNT NOT NULL)"));
        Assert.NotEmpty(model.Faults());
    }

    [Fact]
    public void The_columns_of_every_query_are_the_properties_of_its_rows()
    {
        foreach (var (name, text, row) in All.Where(statement => statement.Row is not null))
        {
            var columns = TransactSql.ColumnsOf(text);
            if (IsScalar(row!)) Assert.True(columns.Count == 1, $"{name} gives {columns.Count} columns for one value.");
            else AssertSame(row!.GetProperties().Where(property => property.CanWrite).Select(property => property.Name), columns, name);
        }
    }

    [Fact]
    public void A_column_without_its_property_is_seen()
    {
        Assert.Equal(["Id", "Name"], TransactSql.ColumnsOf("SELECT r.id AS Id, r.name AS Name FROM report r"));
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => AssertSame(["Id"], ["Id", "Name"], "x"));
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => AssertSame(["Id", "State"], ["Id", "Name"], "x"));
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => AssertSame(["Id"], ["Id", "Id"], "x"));
    }

    [Fact]
    public void Both_databases_are_told_the_same_parameters()
    {
        var others = SqlStatement.AllOf(SqliteDialect.Instance).ToDictionary(statement => statement.Name);
        var both = All.Where(statement => others.ContainsKey(statement.Name)).ToList();
        Assert.InRange(both.Count, 80, 1_000);
        foreach (var statement in both) AssertSame(Named(others[statement.Name].Text), TransactSql.ParametersOf(statement.Text), statement.Name);
    }

    private static Comparer<Type> ByName { get; } = Comparer<Type>.Create((a, b) => string.CompareOrdinal(a.FullName, b.FullName));

    private static void AssertSame(IEnumerable<string> expected, IEnumerable<string> actual, string statement)
    {
        var (left, right) = (expected.Order(StringComparer.Ordinal).ToList(), actual.Order(StringComparer.Ordinal).ToList());
        Assert.True(left.SequenceEqual(right), $"{statement}: {string.Join(' ', left)} and {string.Join(' ', right)}");
    }

    private static bool IsScalar(Type row) => row.IsPrimitive || row == typeof(string) || row == typeof(byte[]);

    /// <summary>Settings of a database and the journal of migrations are not said within a procedure.</summary>
    private static bool IsOfProcedures(string text) =>
        !TransactSql.Parse(text).Batches.SelectMany(batch => batch.Statements).Any(statement => statement is AlterDatabaseStatement)
        && !text.Contains("schema_migration", StringComparison.Ordinal) && !text.Contains("sys.database", StringComparison.Ordinal);

    private static HashSet<string> Named(string text) => [.. Parameter().Matches(text).Select(match => match.Value)];

    [GeneratedRegex("@[A-Za-z]+")]
    private static partial Regex Parameter();
}
