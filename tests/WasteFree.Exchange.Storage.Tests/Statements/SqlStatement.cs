using System.Reflection;
using System.Runtime.CompilerServices;
using WasteFree.Exchange.Storage.SqlServer;

namespace WasteFree.Exchange.Storage.Tests.Statements;

/// <summary>A statement that the store says to one of the databases.</summary>
/// <param name="Name">Where it is declared, such as <c>Release.Affirm</c>.</param>
/// <param name="Text">What is said.</param>
/// <param name="Row">The class of its rows; null: it gives none.</param>
internal sealed record SqlStatement(string Name, string Text, Type? Row)
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Type[] Types = typeof(SqlStore).Assembly.GetTypes();

    /// <summary>All of a database: those of its dialect, and the constant ones of the store and of the database's own folder.</summary>
    public static IReadOnlyList<SqlStatement> AllOf(Dialect dialect)
    {
        var others = dialect is SqlServerDialect ? ".Sqlite" : ".SqlServer";
        var constants = Types
            .Where(type => !type.FullName!.Contains(others + ".", StringComparison.Ordinal))
            .SelectMany(type => type.GetFields(Declared | BindingFlags.Static))
            .Where(field => IsStatement(field.FieldType))
            .Select(field => Read(field, null, field.DeclaringType!.Name));
        var store = new StoreSql(dialect);
        var parts = typeof(StoreSql).GetProperties().SelectMany(property =>
        {
            var part = property.GetValue(store)!;
            return Fields(part.GetType()).Select(field => Read(field, part, property.Name));
        });
        return [.. parts.Concat(constants)];
    }

    /// <summary>Classes that hold statements of a dialect.</summary>
    public static IEnumerable<Type> Holders => Types.Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute)) && Fields(type).Any());

    /// <summary>What <see cref="StoreSql"/> gathers.</summary>
    public static IEnumerable<Type> Parts => typeof(StoreSql).GetProperties().Select(property => property.PropertyType).Distinct();

    private static IEnumerable<FieldInfo> Fields(Type type) => type.GetFields(Declared | BindingFlags.Instance).Where(field => IsStatement(field.FieldType));

    private static bool IsStatement(Type type) => type == typeof(Command) || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Query<>));

    private static SqlStatement Read(FieldInfo field, object? holder, string part)
    {
        var statement = field.GetValue(holder)!;
        var name = field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name;
        return new SqlStatement(
            $"{part}.{name}",
            (string)statement.GetType().GetProperty("Text")!.GetValue(statement)!,
            field.FieldType.IsGenericType ? field.FieldType.GetGenericArguments()[0] : null);
    }
}
