using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace WasteFree.Exchange.Storage.Tests.Statements;

/// <summary>T-SQL as Microsoft's own parser reads it.</summary>
internal static class TransactSql
{
    /// <summary>SQL Server 2019 and 2022.</summary>
    public static IReadOnlyList<TSqlParser> Parsers { get; } = [new TSql150Parser(initialQuotedIdentifiers: true), new TSql160Parser(initialQuotedIdentifiers: true)];

    /// <returns>What the parser finds wrong, with line and column.</returns>
    public static IReadOnlyList<string> FaultsOf(string text, TSqlParser parser)
    {
        parser.Parse(new StringReader(text), out var errors);
        return [.. errors.Select(error => $"{error.Line},{error.Column}: {error.Message}")];
    }

    public static TSqlScript Parse(string text)
    {
        var script = (TSqlScript)Parsers[^1].Parse(new StringReader(text), out var errors);
        return errors.Count == 0 ? script : throw new InvalidOperationException($"{errors[0].Message} in {text}");
    }

    /// <summary>Texts that a statement has executed.</summary>
    public static IReadOnlyList<string> TextsWithin(TSqlFragment statement)
    {
        var texts = new Executed();
        statement.Accept(texts);
        return texts.Found;
    }

    /// <summary>Names of the columns of the last result.</summary>
    public static IReadOnlyList<string> ColumnsOf(string text)
    {
        var results = new Results();
        Parse(text).Accept(results);
        return results.Last;
    }

    /// <summary>Parameters: variables that the text does not declare itself.</summary>
    public static IReadOnlySet<string> ParametersOf(string text)
    {
        var variables = new Variables();
        Parse(text).Accept(variables);
        variables.Used.ExceptWith(variables.Declared);
        return variables.Used;
    }

    private sealed class Executed : TSqlFragmentVisitor
    {
        public List<string> Found { get; } = [];

        public override void Visit(ExecutableStringList node) => Found.AddRange(node.Strings.OfType<StringLiteral>().Select(text => text.Value));
    }

    private sealed class Results : TSqlFragmentVisitor
    {
        public IReadOnlyList<string> Last { get; private set; } = [];

        public override void ExplicitVisit(SelectStatement node) => Last = Names(First(node.QueryExpression).SelectElements);

        public override void ExplicitVisit(OutputClause node) => Last = Names(node.SelectColumns);

        private static QuerySpecification First(QueryExpression expression) => expression switch
        {
            BinaryQueryExpression binary => First(binary.FirstQueryExpression),
            QueryParenthesisExpression inner => First(inner.QueryExpression),
            _ => (QuerySpecification)expression,
        };

        private static string[] Names(IEnumerable<SelectElement> elements) =>
            [.. elements.OfType<SelectScalarExpression>().Select(element => element.ColumnName?.Value ?? (element.Expression as ColumnReferenceExpression)?.MultiPartIdentifier.Identifiers[^1].Value ?? "")];
    }

    private sealed class Variables : TSqlFragmentVisitor
    {
        public HashSet<string> Used { get; } = new(StringComparer.OrdinalIgnoreCase);

        public HashSet<string> Declared { get; } = new(StringComparer.OrdinalIgnoreCase);

        public override void Visit(VariableReference node) => Used.Add(node.Name);

        public override void Visit(DeclareVariableElement node) => Declared.Add(node.VariableName.Value);

        public override void Visit(DeclareTableVariableBody node) => Declared.Add(node.VariableName.Value);

        /// <summary>In <c>EXEC p @name = @value</c> the first is the procedure's own.</summary>
        public override void ExplicitVisit(ExecuteParameter node) => node.ParameterValue?.Accept(this);
    }
}
