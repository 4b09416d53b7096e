using System.Text;
using Google.Protobuf;
using WasteFree.Exchange.Cli.Output;
using WasteFree.Exchange.V1;

namespace WasteFree.Exchange.Cli.Receipts;

/// <summary>A receipt as a file: the contract's JSON, which every protobuf library reads.</summary>
internal static class ReceiptFile
{
    public static void Write(string path, Receipt receipt) => File.WriteAllText(path, Json.Of(receipt) + "\n", new UTF8Encoding(false));

    /// <exception cref="InvalidDataException">The file holds no receipt.</exception>
    public static Receipt Read(string path)
    {
        try
        {
            return JsonParser.Default.Parse<Receipt>(File.ReadAllText(path, Encoding.UTF8));
        }
        catch (Exception exception) when (exception is InvalidProtocolBufferException or InvalidJsonException)
        {
            throw new InvalidDataException($"{path} 不是回执文件。 The file holds no receipt: {exception.Message}", exception);
        }
    }
}
