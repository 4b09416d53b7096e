using Microsoft.SqlServer.Dac.Model;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace WasteFree.Exchange.Storage.Tests.Statements;

/// <summary>
/// The schema as a model of Microsoft's DacFx, which resolves names as the server does: a table, column or type that is not
/// there is a fault. Statements are added as procedures.
/// </summary>
internal sealed class SchemaModel : IDisposable
{
    /// <summary>Procedures that every server has.</summary>
    private const string Own = """
        CREATE PROCEDURE sp_getapplock @Resource NVARCHAR(255), @LockMode VARCHAR(32), @LockOwner VARCHAR(32), @LockTimeout INT AS RETURN 0
        GO
        CREATE PROCEDURE sp_releaseapplock @Resource NVARCHAR(255), @LockOwner VARCHAR(32) AS RETURN 0
        """;

    private readonly TSqlModel _model;
    private SchemaModel(SqlServerVersion version) => _model = new TSqlModel(version, new TSqlModelOptions());

    /// <param name="version">Of the server.</param>
    /// <param name="scripts">Migrations in their order; what fills a table is added as a procedure.</param>
    public static SchemaModel Of(SqlServerVersion version, IEnumerable<string> scripts)
    {
        var model = new SchemaModel(version);
        foreach (var script in scripts.Prepend(Own))
        {
            foreach (var statement in TransactSql.Parse(script).Batches.SelectMany(batch => batch.Statements))
            {
                var text = script.Substring(statement.StartOffset, statement.FragmentLength);
                // A view under its name, so that a later migration can alter it.
                if (statement is ViewStatementBody view)
                    model._model.AddOrUpdateObjects(text.Replace("ALTER VIEW", "CREATE VIEW", StringComparison.Ordinal), view.SchemaObjectName.BaseIdentifier.Value, new TSqlObjectOptions());
                else if (statement is CreateTableStatement or CreateIndexStatement or CreateProcedureStatement or CreateRoleStatement or GrantStatement) model._model.AddObjects(text);
                else model.Add($"{statement.GetType().Name} at {statement.StartLine}", text);
                foreach (var (inner, number) in TransactSql.TextsWithin(statement).Select((inner, number) => (inner, number)))
                    model.Add($"text {number} within the statement at {statement.StartLine}", inner);
            }
        }
        return model;
    }

    /// <param name="name">By which it is known in faults.</param>
    /// <param name="statement">What is said.</param>
    public void Add(string name, string statement)
    {
        var parameters = string.Join(", ", TransactSql.ParametersOf(statement).Select(name => $"{name} NVARCHAR(MAX)"));
        _model.AddObjects($"CREATE PROCEDURE [{name}] {parameters} AS\n{statement}");
    }

    public IReadOnlyList<string> Faults() => [.. _model.Validate().Select(message => message.Message).Where(message => !message.Contains("[#", StringComparison.Ordinal))];

    public void Dispose() => _model.Dispose();
}
