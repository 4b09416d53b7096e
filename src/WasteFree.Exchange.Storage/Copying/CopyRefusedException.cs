namespace WasteFree.Exchange.Storage.Copying;

/// <summary>Why a copy is not made, or is not good; the message says what to do, in Chinese and English.</summary>
public sealed class CopyRefusedException : Exception
{
    public CopyRefusedException()
    {
    }

    public CopyRefusedException(string message) : base(message)
    {
    }

    public CopyRefusedException(string message, Exception innerException) : base(message, innerException)
    {
    }

    internal static CopyRefusedException NotEmpty() => new(
        "目标不是空库；请给出新的文件夹或新建的数据库。 The target is not empty: name a new folder or a new database.");

    internal static CopyRefusedException NoStore() => new(
        "来源中没有数据；请检查地址。 There is no store at the source: check where it is.");

    internal static CopyRefusedException Unfinished() => new(
        "来源本身是一次没有完成的复制；请重新复制。 The source is itself a copy that has not come to its end: copy it anew.");

    internal static CopyRefusedException OtherSchema() => new(
        "来源由另一个版本建立，结构与本版本不同；请用建立它的版本复制，或先用本版本的服务启动一次，由它说明该怎么做。 "
        + "The source was made by another build, with another schema: copy it by the build that made it, or start a hub of this version on it, which says what to do.");

    internal static CopyRefusedException Differs(string table) => new(
        $"复制后表 {table} 与来源不一致；请删除目标后重试。 The table {table} of the copy is not that of the source: delete the target and try again.");

    internal static CopyRefusedException Moved() => new(
        "复制期间来源有新的提交；请停止所有服务，删除目标后重试。 The source has moved on while it was copied: stop its hubs, delete the target and try again.");
}
