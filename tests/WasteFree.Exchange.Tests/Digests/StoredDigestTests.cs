using System.Security.Cryptography;
using System.Text;
using WasteFree.Exchange.Digests;
using Xunit;

namespace WasteFree.Exchange.Tests.Digests;

public sealed class StoredDigestTests
{
    private static readonly StoredRow Row = new()
    {
        Offset = 7, Organization = "yaan", Indicator = "HUB-HW-GEN", Major = 1, Minor = 0, Region = "511800", Scope = 1, Category = "_T",
        Period = 5_910_000, ValueMantissa = 900, ValueScale = 1, NumeratorMantissa = null, NumeratorScale = null, DenominatorMantissa = -3,
        DenominatorScale = 0, Unit = "t", Status = 1, Confidentiality = 1, Note = "a\tb\\c\nd", CollectionMethod = null, Evidence = "",
        NumeratorUnit = null, DenominatorUnit = "10*4.t",
    };

    [Fact]
    public void The_digest_is_that_of_the_documented_text()
    {
        var digest = new StoredDigest();
        digest.Append(Row);
        digest.Append(Row with { Offset = 8, Note = null });
        const string text = "7\tyaan\tHUB-HW-GEN\t1\t0\t511800\t1\t_T\t5910000\t900\t1\t\t\t-3\t0\tt\t1\t1\ta\\tb\\\\c\\nd\t\t\\e\t\t10*4.t\n"
            + "8\tyaan\tHUB-HW-GEN\t1\t0\t511800\t1\t_T\t5910000\t900\t1\t\t\t-3\t0\tt\t1\t1\t\t\t\\e\t\t10*4.t\n";
        Assert.Equal(SHA256.HashData(Encoding.UTF8.GetBytes(text)), digest.Value);
    }

    [Fact]
    public void Rows_with_the_state_stored_between_them_have_the_digest_of_all()
    {
        var whole = new StoredDigest();
        var state = whole.State;
        for (var i = 0; i < 100; i++)
        {
            whole.Append(Row with { Offset = i });
            var part = new StoredDigest(state);
            part.Append(Row with { Offset = i });
            state = part.State;
        }
        Assert.Equal(whole.Value, new StoredDigest(state).Value);
    }

    [Fact]
    public void Every_column_counts()
    {
        StoredRow[] others =
        [
            Row with { Offset = 8 }, Row with { Organization = "wanzhou" }, Row with { Indicator = "HUB-HW-STOCK" }, Row with { Major = 2 }, Row with { Minor = 1 },
            Row with { Region = "511802" }, Row with { Scope = 2 }, Row with { Category = "A" }, Row with { Period = 5_910_001 }, Row with { ValueMantissa = 901 },
            Row with { ValueScale = 2 }, Row with { NumeratorMantissa = 0 }, Row with { NumeratorScale = 0 }, Row with { DenominatorMantissa = 3 },
            Row with { DenominatorScale = null }, Row with { Unit = "kg" }, Row with { Status = 0 }, Row with { Confidentiality = 2 }, Row with { Note = "a" },
            Row with { CollectionMethod = "" }, Row with { Evidence = null }, Row with { NumeratorUnit = "t" }, Row with { DenominatorUnit = null },
        ];
        Assert.Equal(typeof(StoredRow).GetProperties().Length, others.Length);
        Assert.Equal(others.Length + 1, others.Append(Row).Select(row => Convert.ToHexStringLower(Of(row))).Distinct().Count());
    }

    private static byte[] Of(StoredRow row)
    {
        var digest = new StoredDigest();
        digest.Append(row);
        return digest.Value;
    }
}
