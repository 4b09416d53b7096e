using System.Text;

namespace WasteFree.Exchange.Cli.Watching;

/// <summary>
/// The place in the feed up to which lines were written, in a file. It is written after the lines are out, and whole or
/// not at all: a program that is killed in between writes the lines of one change again, but never leaves one out.
/// </summary>
internal sealed class ResumeFile(string path)
{
    private static readonly Encoding Utf8 = new UTF8Encoding(false);

    /// <returns>The token; null: there is no file yet.</returns>
    /// <exception cref="InvalidDataException">The file is empty.</exception>
    public string? Read()
    {
        if (!File.Exists(path)) return null;
        var token = File.ReadAllText(path, Utf8).Trim();
        return token.Length > 0
            ? token
            : throw new InvalidDataException($"{path} 中没有令牌；请删除该文件后重新开始。 The file holds no token; remove it and start anew.");
    }

    public void Write(string token)
    {
        var written = path + ".new";
        File.WriteAllText(written, token + "\n", Utf8);
        File.Move(written, path, overwrite: true);
    }
}
