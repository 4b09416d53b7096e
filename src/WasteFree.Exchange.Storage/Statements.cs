namespace WasteFree.Exchange.Storage;

/// <summary>A statement and the class of its rows: every column it selects is a property of that class.</summary>
/// <typeparam name="TRow">A class with a property for each column, or the type of the only one.</typeparam>
internal sealed record Query<TRow>(string Text);

/// <summary>A statement that changes rows.</summary>
internal sealed record Command(string Text);
