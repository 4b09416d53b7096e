namespace WasteFree.Exchange.Storage;

/// <summary>
/// What the two databases say in different words. All else is said in words that both take: names that one of them
/// reserves stand in brackets, bits are moved by division and remainder, conditions become values by CASE.
/// </summary>
internal abstract class Dialect
{
    /// <summary>2^32, as the type of the columns that it divides: a wider type would keep an index from being used.</summary>
    public const string Two32 = "CAST(4294967296 AS BIGINT)";

    /// <summary>2^38, likewise.</summary>
    public const string Two38 = "CAST(274877906944 AS BIGINT)";

    /// <summary>After ORDER BY: at most so many rows.</summary>
    public abstract string Limit(string count);

    /// <summary>After ORDER BY: the one row after so many.</summary>
    public abstract string After(string count);

    /// <summary>A JSON array of numbers as a table with the column <c>value</c>.</summary>
    public abstract string Numbers(string parameter);

    /// <summary>Selects the codes of a JSON array.</summary>
    public abstract string Codes(string parameter);

    /// <summary>Before a statement: makes the tables that <see cref="Listed"/> selects from, where the database has need of them.</summary>
    /// <param name="condition">When they are wanted.</param>
    /// <param name="parameters">JSON arrays of codes.</param>
    public abstract string Lists(string condition, params IReadOnlyList<string> parameters);

    /// <summary>Selects the codes of a JSON array that each of many rows is held against.</summary>
    public abstract string Listed(string parameter);

    /// <summary>Between two tables: for each row of the first, look up the second.</summary>
    public abstract string LookUp { get; }

    /// <summary>Between two tables, of which the second has no index on what it is asked by: go through it once.</summary>
    public abstract string Match { get; }

    /// <summary>At the end of a statement whose plan depends on its parameters: on which are NULL, on how many rows lie between two.</summary>
    public abstract string PlanEachTime { get; }

    /// <summary>Before VALUES: the statement gives the new row's id.</summary>
    public abstract string OutputId { get; }

    /// <summary>After VALUES: the statement gives the new row's id.</summary>
    public abstract string ReturningId { get; }

    /// <summary>Whether the rows <c>a</c> and <c>b</c> of revision have equal content as sent: <c>90</c> is not <c>90.0</c>.</summary>
    public abstract string SameContent { get; }

    /// <summary>Makes the temporary table of the columns, or empties the one of this connection.</summary>
    public abstract string EmptyTemporary(string table, string columns);

    /// <summary>Sets current from the values between the revisions @lo and @hi.</summary>
    public abstract string SetCurrent(string planEachTime);
}
